package io.tocsin.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code store}.
 *
 * @param url {@code sqlite:FILE}, absolute or relative to the working directory; null or empty for {@code tocsin.db}
 *     in the data directory
 * @param data the folder that holds everything written
 * @param degradedAfter how long the store is away before alerts go out unrecorded
 */
public record StoreSettings(String url, Path data, Duration degradedAfter) {
    /** What {@link #degradedAfter} is unless it is configured. */
    public static final Duration DEGRADED_AFTER = Duration.ofSeconds(5);

    /** With the usual patience. */
    public StoreSettings(String url, Path data) {
        this(url, data, DEGRADED_AFTER);
    }
}
