package io.tocsin.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** One database of a PostgreSQL server: whether it can be used, and connections to it, also for several processes. */
final class Postgres implements Database {
    /** The oldest version of the server that is tried out. */
    static final int OLDEST = 14;

    /**
     * A writer that froze, or that is cut off, must not keep the others waiting for what it locked: the server ends its
     * statement or its session. A wait for somebody else's lock ends before the server looks for a deadlock.
     */
    private static final String WRITER = "SET statement_timeout = 1000; SET lock_timeout = 500;"
            + " SET idle_in_transaction_session_timeout = 1000;"
            // what is committed is on the disk, whatever the server's default is
            + " SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private static final String READER =
            "SET default_transaction_read_only = on; SET statement_timeout = 10000; SET lock_timeout = 2000;"
                    + " SET idle_in_transaction_session_timeout = 10000;"
                    // how much of a backlog is asked for decides how it is best read
                    + " SET plan_cache_mode = force_custom_plan";

    /** A change of the schema may take long, but not because it waits while everybody waits for it. */
    private static final String MIGRATION = "-c statement_timeout=0 -c lock_timeout=10000";

    private static final Duration WRITER_PATIENCE = Duration.ofSeconds(4);
    private static final Duration READER_PATIENCE = Duration.ofSeconds(12);
    private static final Duration MIGRATION_PATIENCE = Duration.ofMinutes(10);

    /** Rows fetched at a time: a process that froze amidst a long answer is idle to the server, not busy. */
    private static final int FETCH = 1000;

    private final PostgresSettings settings;

    Postgres(PostgresSettings settings) {
        this.settings = settings;
    }

    @Override
    public void prepare() {
        PostgresCheck check = new PostgresCheck(settings);
        try (Connection connection = source("start", WRITER_PATIENCE).getConnection()) {
            check.usable(connection);
        } catch (SQLException fault) {
            throw check.refused(fault);
        }
        PGSimpleDataSource migration = source("schema", MIGRATION_PATIENCE);
        migration.setOptions(MIGRATION);
        Schema.migrate(migration, toString());
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = source("writer", WRITER_PATIENCE).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(WRITER);
            // whoever waited for a lock must see what its holder committed
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException fault) {
            connection.close();
            throw fault;
        }
    }

    /** A connection without any of our limits. */
    Connection plain() throws SQLException {
        return source("bench", MIGRATION_PATIENCE).getConnection();
    }

    @Override
    public DataSource readers() {
        return source("reader", READER_PATIENCE);
    }

    @Override
    public String readOnly() {
        return READER;
    }

    @Override
    public int pool() {
        return settings.pool();
    }

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    /**
     * Connections of one purpose.
     *
     * @param purpose what an administrator sees of them
     * @param patience how long the server may be silent before a connection counts as cut
     */
    private PGSimpleDataSource source(String purpose, Duration patience) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String host = settings.host();
        source.setServerNames(new String[] {host.contains(":") ? "[" + host + "]" : host});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.user());
        if (settings.password() != null) {
            source.setPassword(settings.password().reveal());
        }
        source.setSslMode(settings.tls().wire());
        if (settings.rootCert() != null) {
            source.setSslRootCert(settings.rootCert().toString());
        } else if (settings.tls() == PostgresSettings.Tls.VERIFY_FULL) {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        source.setGssEncMode("disable");
        source.setApplicationName("tocsin " + purpose);
        source.setConnectTimeout((int) settings.connectTimeout().toSeconds());
        source.setSslResponseTimeout((int) settings.connectTimeout().toMillis());
        source.setSocketTimeout((int) patience.toSeconds());
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        source.setDefaultRowFetchSize(FETCH);
        source.setAssumeMinServerVersion(Integer.toString(OLDEST));
        // what the server refuses it would quote, and with it what alerts say
        source.setLogServerErrorDetail(false);
        return source;
    }

    @Override
    public String toString() {
        return settings.url();
    }
}
