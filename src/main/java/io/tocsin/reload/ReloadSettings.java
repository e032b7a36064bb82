package io.tocsin.reload;

import java.nio.file.Path;

/**
 * What a reload needs to know.
 *
 * @param folder the rules
 * @param watch whether changed files are taken up by themselves
 * @param cluster the monitored cluster in which it becomes an alert that rules cannot be taken
 */
public record ReloadSettings(Path folder, boolean watch, String cluster) {}
