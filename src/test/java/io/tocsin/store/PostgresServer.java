package io.tocsin.store;

import io.tocsin.model.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server. Most tests share one, which is started when the first of them asks for a database and stopped
 * with this process; a test that kills its server starts one of its own.
 */
public final class PostgresServer implements AutoCloseable {
    /** The role that owns everything there; everybody is let in. */
    public static final String USER = "postgres";

    private static final String TEMPLATE = "tocsin_template";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static PostgresServer shared;

    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        start();
    }

    /** A server of its own, with what it keeps in a folder. */
    public static PostgresServer in(Path folder) {
        return new PostgresServer(folder.resolve("postgres"), freePort());
    }

    /** Below those that a system gives to outgoing connections: nobody takes it while the server is down. */
    private static int freePort() {
        for (int i = 0; ; i++) {
            int port = 15_000 + ThreadLocalRandom.current().nextInt(15_000);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                if (i == 100) {
                    throw new UncheckedIOException("no free port for PostgreSQL", taken);
                }
            }
        }
    }

    /** An empty database of the shared server. */
    public static PostgresSettings emptyDatabase() {
        return shared().create("TEMPLATE template0");
    }

    /** The same with a say in how it is created. */
    static PostgresSettings emptyDatabase(String how) {
        return shared().create(how);
    }

    /** A database of the shared server that has our schema already. */
    public static PostgresSettings database() {
        return shared().create("TEMPLATE " + TEMPLATE);
    }

    private static synchronized PostgresServer shared() {
        if (shared == null) {
            try {
                PostgresServer server = in(Files.createTempDirectory("tocsin-postgres"));
                // its own end writes all that the tests wrote to the disk
                Runtime.getRuntime().addShutdownHook(new Thread(server::forget));
                server.execute("CREATE DATABASE " + TEMPLATE, "postgres");
                new Postgres(server.settings(TEMPLATE)).prepare();
                shared = server;
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
        return shared;
    }

    /** Another database of this server; {@code how} is the end of the statement that creates it. */
    public PostgresSettings create(String how) {
        String name = "tocsin_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " " + how, "postgres");
        return settings(name);
    }

    private PostgresSettings settings(String database) {
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

    private void execute(String sql, String database) {
        execute(sql, settings(database));
    }

    /** Does something in a database as the server's owner. */
    static void execute(String sql, PostgresSettings database) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(sql, fault);
        }
    }

    /** From now on a role of the shared server is let in with its password only. */
    static void askForPassword(String role) {
        try {
            Path rules = shared().folder.resolve("pg_hba.conf");
            Files.writeString(rules, "host all " + role + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
            shared().execute("SELECT pg_reload_conf()", "postgres");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A plain connection to a database of a server on this host. */
    public static Connection connect(PostgresSettings settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + settings.port() + "/" + settings.database(), USER, "any");
    }

    /** Starts it, again with what it kept. */
    public void start() {
        try {
            if (running != null) {
                running.close();
            }
            running = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException fault) {
            throw new UncheckedIOException("the PostgreSQL server for the tests does not start", fault);
        }
    }

    /** Ends it at once, as {@code pg_ctl stop -m immediate} does: nothing is written any more, connections break. */
    public void kill() {
        if (!Files.exists(folder.resolve("postmaster.pid"))) {
            return;
        }
        try {
            String pid =
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip();
            ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor(10, TimeUnit.SECONDS);
            server.onExit().get(30, TimeUnit.SECONDS);
        } catch (Exception fault) {
            throw new IllegalStateException("the PostgreSQL server for the tests does not stop", fault);
        }
    }

    private void forget() {
        kill();
        try (Stream<Path> kept = Files.walk(folder.getParent())) {
            kept.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException gone) {
            folder.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
