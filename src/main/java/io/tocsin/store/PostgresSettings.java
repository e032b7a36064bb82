package io.tocsin.store;

import io.tocsin.model.Secret;
import io.tocsin.model.Wire;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A database of a PostgreSQL server.
 *
 * @param host name or address, {@code db.example.org}, {@code ::1}
 * @param port 1 to 65535
 * @param database its name
 * @param user the role
 * @param password the role's password; null for none, or for what {@code ~/.pgpass} says
 * @param tls whether the way to it is encrypted
 * @param rootCert certificates that sign the server's, PEM; null for those that Java trusts; for {@link Tls#VERIFY_FULL}
 * @param pool how many connections read at a time, 1 to 100; one more writes
 * @param connectTimeout how long an attempt to connect may take, whole seconds
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        Tls tls,
        Path rootCert,
        int pool,
        Duration connectTimeout) {
    /** What {@link #port} is unless it is configured. */
    public static final int PORT = 5432;

    /** What {@link #pool} is unless it is configured. */
    public static final int POOL = 4;

    /** What {@link #connectTimeout} is unless it is configured. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** How far the way to the server is protected. */
    public enum Tls implements Wire {
        /** Never encrypted. */
        DISABLE,
        /** Encrypted if the server offers it. */
        PREFER,
        /** Encrypted, whoever the server is. */
        REQUIRE,
        /** Encrypted, and the server's certificate is signed by somebody trusted and bears its host's name. */
        VERIFY_FULL;

        @Override
        public String wire() {
            return Wire.super.wire().replace('_', '-');
        }
    }

    /** The address without a password. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "postgresql://" + user + "@" + name + ":" + port + "/" + database;
    }
}
