package io.tocsin.store;

import io.tocsin.model.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, started once for all tests of this process and stopped with it; databases in it. */
public final class PostgresServer {
    /** The role that owns everything there. */
    public static final String USER = "postgres";

    private static final String TEMPLATE = "tocsin_template";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static EmbeddedPostgres server;
    private static boolean templated;

    private PostgresServer() {}

    /** An empty database of its own. */
    public static PostgresSettings emptyDatabase() {
        return created("TEMPLATE template0");
    }

    /** A database of its own that has our schema already. */
    public static synchronized PostgresSettings database() {
        if (!templated) {
            execute("CREATE DATABASE " + TEMPLATE);
            new Postgres(settings(TEMPLATE)).prepare();
            templated = true;
        }
        return created("TEMPLATE " + TEMPLATE);
    }

    private static PostgresSettings created(String how) {
        String name = "tocsin_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " " + how);
        return settings(name);
    }

    private static PostgresSettings settings(String database) {
        return settings(started().getPort(), database);
    }

    /** How to reach a database of a server on this host that lets everybody in. */
    static PostgresSettings settings(int port, String database) {
        return new PostgresSettings(
                "127.0.0.1",
                port,
                database,
                USER,
                Secret.of("any"),
                PostgresSettings.Tls.PREFER,
                null,
                PostgresSettings.POOL,
                Duration.ofSeconds(2));
    }

    /** Does something to the server as its owner. */
    static void execute(String sql) {
        try (Connection connection = connect(settings("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(sql, fault);
        }
    }

    /** A plain connection. */
    static Connection connect(PostgresSettings settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + settings.database(), USER, "any");
    }

    private static synchronized EmbeddedPostgres started() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException fault) {
                throw new UncheckedIOException("the PostgreSQL server for the tests does not start", fault);
            }
        }
        return server;
    }
}
