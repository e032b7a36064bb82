package io.tocsin.evaluate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Section {@code rules}.
 *
 * @param path the folder with the rule files, default {@code rules}
 * @param staleAfter after how long without news a reading, a source and an alert on them go, default 24 h
 * @param watch whether changed files are taken up by themselves, default true
 * @param zone in which zone rules ask for the time of day, default UTC
 * @param stuckAfter after how long in one piece of work a rule counts as one that does not return, default 10 s
 */
public record RulesSettings(Path path, Duration staleAfter, boolean watch, ZoneId zone, Duration stuckAfter) {}
