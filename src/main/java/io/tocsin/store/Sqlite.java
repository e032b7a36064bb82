package io.tocsin.store;

import io.tocsin.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** One SQLite file: where it is, whether it is sound, and connections to it. Only {@link #prepare} ever creates it. */
final class Sqlite implements Database {
    /** Marks a file as ours, in the header field that SQLite keeps for that: "tocs". */
    private static final int APPLICATION = 0x746f6373;

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(3);
    private static final int BUSY_MILLIS = 2000;
    private static final int READERS = 4;

    private final Path file;

    Sqlite(Path file) {
        this.file = file;
    }

    /**
     * The file that the settings name.
     *
     * @throws StoreException if they name anything but a file
     */
    static Sqlite of(StoreSettings settings) {
        String url = settings.url();
        if (url == null || url.isBlank()) {
            return new Sqlite(settings.data().resolve("tocsin.db"));
        }
        String path = url.startsWith("sqlite:") ? url.substring("sqlite:".length()) : "";
        if (path.isBlank() || path.startsWith(":") || path.startsWith("//") || path.contains("?")) {
            // the rest of a url may hold a password
            String found = url.startsWith("sqlite:") ? url : url.replaceAll("[:/@].*", ":…");
            throw new StoreException(
                    "store.url: found " + Text.clean(Text.cut(found, 80))
                            + "; write sqlite:FILE, such as sqlite:data/tocsin.db or sqlite:/var/lib/tocsin/tocsin.db",
                    null);
        }
        return new Sqlite(Path.of(path));
    }

    @Override
    public Optional<Path> directory() {
        return Optional.of(file.toAbsolutePath().getParent());
    }

    /** Creates the file if there is none. */
    @Override
    public void prepare() {
        NativeCode.load();
        if (Files.exists(file)) {
            refuseForeign();
        } else {
            create();
        }
        try (Connection connection = source(true).getConnection()) {
            check(connection);
        } catch (SQLException fault) {
            throw refused(fault);
        }
        Schema.migrate(source(true), file.toString());
    }

    private void refuseForeign() {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(file + " is no file: name the database file in store.url", null);
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new StoreException(file + " cannot be read and written: give this user the right to", null);
        }
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] found = in.readNBytes(magic.length);
            if (found.length == 0) {
                throw damaged("is empty (0 bytes)", null);
            }
            if (!java.util.Arrays.equals(found, magic)) {
                throw damaged("is no SQLite database", null);
            }
        } catch (IOException fault) {
            throw new StoreException(file + " cannot be read: " + Faults.text(fault), fault);
        }
    }

    /** Under another name first: a process that dies meanwhile leaves no half-made database. */
    private void create() {
        if (Files.exists(file.resolveSibling(file.getFileName() + "-wal"))) {
            throw new StoreException(
                    file + " is missing, but its journal " + file + "-wal is there: restore the database beside it, or"
                            + " delete the journal to start anew",
                    null);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + fresh.toAbsolutePath());
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA application_id = " + APPLICATION);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | SQLException fault) {
            throw new StoreException(file + " cannot be created: " + Faults.text(fault), fault);
        }
    }

    private void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // fails if somebody else is writing
            statement.execute("BEGIN IMMEDIATE");
            try (ResultSet id = statement.executeQuery("PRAGMA application_id")) {
                if (id.next() && id.getInt(1) != APPLICATION) {
                    throw new StoreException(
                            file + " is an SQLite database, but not one of Tocsin: name another file in store.url",
                            null);
                }
            }
            quickCheck(connection, statement);
            statement.execute("ROLLBACK");
        }
    }

    /** A big database is checked for as long as a start may take, not to its end. */
    private void quickCheck(Connection connection, Statement statement) throws SQLException {
        long end = System.nanoTime() + LONGEST_CHECK.toNanos();
        ProgressHandler.setHandler(connection, 100_000, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - end > 0 ? 1 : 0;
            }
        });
        try (ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            String text = found.next() ? found.getString(1) : "ok";
            if (!"ok".equals(text)) {
                throw damaged("is damaged (" + Text.clean(Text.cut(text.replaceAll("\\s+", " "), 200)) + ")", null);
            }
        } catch (SQLException fault) {
            if (System.nanoTime() - end <= 0) {
                throw fault;
            }
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = source(true).getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public DataSource readers() {
        return source(false);
    }

    @Override
    public String readOnly() {
        return "PRAGMA query_only = 1";
    }

    @Override
    public int pool() {
        return READERS;
    }

    private SQLiteDataSource source(boolean writes) {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        if (writes) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            // "immediate" would lock the file at once after each commit, as the driver begins the next transaction
            // there
            config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
            config.setJournalSizeLimit(64 << 20);
            config.setCacheSize(-16_000);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private StoreException refused(SQLException fault) {
        if (Faults.locked(fault)) {
            return new StoreException(
                    file + " is locked by another program, such as a sqlite3 shell or a backup: end it and start again",
                    fault);
        }
        if (Faults.passing(fault)) {
            return new StoreException(
                    file + " cannot be opened (" + Faults.text(fault) + "): check the disk and the rights", fault);
        }
        return damaged("is damaged or no SQLite database (" + Faults.text(fault) + ")", fault);
    }

    private StoreException damaged(String what, Throwable fault) {
        return new StoreException(
                file + " " + what + ": restore a backup, or move it away to start anew without what it knew", fault);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
