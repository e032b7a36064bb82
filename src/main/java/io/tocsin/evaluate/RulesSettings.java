package io.tocsin.evaluate;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code rules}.
 *
 * @param path the folder with the rule files, default {@code rules}
 * @param staleAfter after how long without news a reading, a source and an alert on them go, default 24 h
 * @param watch whether changed files are taken up by themselves, default true
 */
public record RulesSettings(Path path, Duration staleAfter, boolean watch) {}
