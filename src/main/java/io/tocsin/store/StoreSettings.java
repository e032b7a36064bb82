package io.tocsin.store;

import java.nio.file.Path;

/**
 * Section {@code store}.
 *
 * @param url {@code sqlite:FILE}, absolute or relative to the working directory; null or empty for {@code tocsin.db}
 *     in the data directory
 * @param data the folder that holds everything written
 */
public record StoreSettings(String url, Path data) {}
