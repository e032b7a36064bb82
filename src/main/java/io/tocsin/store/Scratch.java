package io.tocsin.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/**
 * An empty database of its own on a server, for a measurement; what else is on the server is not touched. It is dropped
 * when it is closed, whoever still uses it.
 */
public final class Scratch implements AutoCloseable {
    private static final String NOT_ALLOWED = "42501";

    private final PostgresSettings server;
    private final PostgresSettings settings;
    private final String version;

    private Scratch(PostgresSettings server, PostgresSettings settings, String version) {
        this.server = server;
        this.settings = settings;
        this.version = version;
    }

    /**
     * Creates one.
     *
     * @param server a database of the server, by a role that may create others
     * @throws StoreException if that cannot be, with what to do
     */
    public static Scratch on(PostgresSettings server) {
        String name = "tocsin_bench_" + UUID.randomUUID().toString().substring(0, 8);
        try (Connection connection = new Postgres(server).plain();
                Statement statement = connection.createStatement()) {
            String version;
            try (ResultSet row = statement.executeQuery("SELECT current_setting('server_version')")) {
                row.next();
                version = row.getString(1);
            }
            // this collation fits every encoding, whatever the server's default is
            statement.execute(
                    "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            return new Scratch(server, named(server, name), version);
        } catch (SQLException fault) {
            if (NOT_ALLOWED.equals(fault.getSQLState())) {
                throw new StoreException(
                        server.url() + ": " + server.user()
                                + " may not create databases, and this needs one of its own;" + " type ALTER ROLE \""
                                + server.user() + "\" CREATEDB there, or name another user",
                        fault);
            }
            throw new PostgresCheck(server).refused(fault);
        }
    }

    private static PostgresSettings named(PostgresSettings server, String database) {
        return new PostgresSettings(
                server.host(),
                server.port(),
                database,
                server.user(),
                server.password(),
                server.tls(),
                server.rootCert(),
                server.pool(),
                server.connectTimeout());
    }

    /** The new database. */
    public PostgresSettings settings() {
        return settings;
    }

    /** What the server says it is, {@code 17.2}. */
    public String version() {
        return version.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        try (Connection connection = new Postgres(server).plain();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + settings.database() + " WITH (FORCE)");
        } catch (SQLException fault) {
            throw new StoreException(
                    settings.url() + " stays (" + Faults.text(fault) + "): type DROP DATABASE " + settings.database(),
                    fault);
        }
    }
}
