package io.tocsin.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a store under test keeps its rows in. One folder is one database, however often it is opened. */
enum Backing {
    SQLITE {
        @Override
        StoreSettings settings(Path data) {
            return new StoreSettings(null, data);
        }

        @Override
        Connection connect(Path data) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("tocsin.db"));
        }

        @Override
        String lock() {
            return "UPDATE owner SET beat = beat + 1";
        }
    },
    POSTGRESQL {
        private final Map<Path, PostgresSettings> databases = new ConcurrentHashMap<>();

        @Override
        StoreSettings settings(Path data) {
            PostgresSettings server = databases.computeIfAbsent(data, any -> PostgresServer.database());
            return StoreSettings.of(server, data, StoreSettings.DEGRADED_AFTER);
        }

        @Override
        Connection connect(Path data) throws SQLException {
            return PostgresServer.connect(settings(data).server());
        }

        @Override
        String lock() {
            return "LOCK TABLE owner, alert, notification, holder IN EXCLUSIVE MODE";
        }
    };

    /** The settings of the store of a folder. */
    abstract StoreSettings settings(Path data);

    /** A connection past the store. */
    abstract Connection connect(Path data) throws SQLException;

    /** What keeps everybody else from writing until the end of the transaction, and nobody from reading. */
    abstract String lock();

    /** Somebody who writes and does not come to an end. */
    Connection somebodyElse(Path data) throws SQLException {
        Connection other = connect(data);
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute(lock());
        }
        return other;
    }

    /** An open store with a clock that stands. */
    SqlStore open(Path data) {
        return open(data, new FakeCodec(), new SimpleMeterRegistry());
    }

    /** The same with tools to look into it. */
    SqlStore open(Path data, Codec codec, MeterRegistry registry) {
        return SqlStore.open(settings(data), codec, registry, Clock.fixed(Given.T0, ZoneOffset.UTC));
    }
}
