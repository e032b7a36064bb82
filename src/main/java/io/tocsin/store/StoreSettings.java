package io.tocsin.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code store}.
 *
 * @param url {@code sqlite:FILE}, absolute or relative to the working directory, null or empty for {@code tocsin.db} in
 *     the data directory; {@code postgresql://user@host:5432/database} if there is a server; never with a password
 * @param data the folder that holds everything written
 * @param degradedAfter how long the store is away before alerts go out unrecorded
 * @param server the PostgreSQL database; null for SQLite
 */
public record StoreSettings(String url, Path data, Duration degradedAfter, PostgresSettings server) {
    /** What {@link #degradedAfter} is unless it is configured. */
    public static final Duration DEGRADED_AFTER = Duration.ofSeconds(5);

    /** An SQLite file with the usual patience. */
    public StoreSettings(String url, Path data) {
        this(url, data, DEGRADED_AFTER);
    }

    /** An SQLite file. */
    public StoreSettings(String url, Path data, Duration degradedAfter) {
        this(url, data, degradedAfter, null);
    }

    /** A database of a PostgreSQL server. */
    public static StoreSettings of(PostgresSettings server, Path data, Duration degradedAfter) {
        return new StoreSettings(server.url(), data, degradedAfter, server);
    }

    /** Whether several members can use it at a time; if not, a member must refuse to be one of several. */
    public boolean shared() {
        return server != null;
    }
}
