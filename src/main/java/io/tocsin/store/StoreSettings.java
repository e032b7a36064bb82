package io.tocsin.store;

import java.nio.file.Path;

/**
 * Section {@code store}.
 *
 * @param url {@code sqlite:FILE}
 * @param data the folder that holds everything written
 */
public record StoreSettings(String url, Path data) {}
