package io.tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.store.PostgresSettings.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a server whose certificate, signed by itself, bears the name localhost. */
class PostgresTlsTest {
    @TempDir
    static Path dir;

    private static PostgresServer server;
    private static PostgresSettings database;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.in(dir);
        database = server.create("");
        certify(dir.resolve("postgres"));
        PostgresServer.execute("ALTER SYSTEM SET ssl = on", database);
        PostgresServer.execute("SELECT pg_reload_conf()", database);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** Makes a key and a certificate with the JDK's own tool and writes them where the server looks for them. */
    private static void certify(Path folder) throws Exception {
        Path store = dir.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        pem(
                folder.resolve("server.crt"),
                "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        pem(
                folder.resolve("server.key"),
                "PRIVATE KEY",
                keys.getKey("server", "changeit".toCharArray()).getEncoded());
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static PostgresSettings by(String host, Tls tls, Path rootCert) {
        PostgresSettings s = database;
        return new PostgresSettings(
                host, s.port(), s.database(), s.user(), s.password(), tls, rootCert, s.pool(), s.connectTimeout());
    }

    private static boolean encrypted(PostgresSettings settings) throws SQLException {
        Postgres postgres = new Postgres(settings);
        postgres.prepare();
        try (Connection connection = postgres.writer();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static Path certificate() {
        return dir.resolve("postgres/server.crt");
    }

    @Test
    void connectionIsEncryptedAsWanted() throws SQLException {
        assertThat(encrypted(by("127.0.0.1", Tls.DISABLE, null))).isFalse();
        assertThat(encrypted(by("127.0.0.1", Tls.PREFER, null))).isTrue();
        assertThat(encrypted(by("127.0.0.1", Tls.REQUIRE, null))).isTrue();
        assertThat(encrypted(by("localhost", Tls.VERIFY_FULL, certificate()))).isTrue();
    }

    @Test
    void serverThatNobodyTrustsIsRefused() {
        refused(by("localhost", Tls.VERIFY_FULL, null));
    }

    @Test
    void serverOfAnotherNameIsRefused() {
        refused(by("127.0.0.1", Tls.VERIFY_FULL, certificate()));
    }

    private static void refused(PostgresSettings settings) {
        StoreSettings store = StoreSettings.of(settings, dir.resolve("data"), StoreSettings.DEGRADED_AFTER);
        assertThatThrownBy(() -> SqlStore.open(store, new FakeCodec(), new SimpleMeterRegistry(), Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(settings.url())
                .hasMessageContaining("do not agree on TLS")
                .hasMessageContaining("check store.tls and store.tls_root_cert");
    }
}
