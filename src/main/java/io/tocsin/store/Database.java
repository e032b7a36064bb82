package io.tocsin.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Where rows are kept: makes sure that it can be used, and opens connections to it. All statements but those that look
 * after a connection are the same for every kind. {@code toString} is what people know it by, without a password.
 */
sealed interface Database permits Sqlite, Postgres {
    /**
     * The one that the settings name; nothing is opened yet.
     *
     * @throws StoreException if they name none
     */
    static Database of(StoreSettings settings) {
        return settings.server() == null ? Sqlite.of(settings) : new Postgres(settings.server());
    }

    /**
     * Makes sure that it is a sound database of ours that can be written, and brings its schema up to date.
     *
     * @throws StoreException saying where, what was found and what to do
     */
    void prepare();

    /** A connection for the one thread that writes: it does not commit by itself, and what it commits is durable. */
    Connection writer() throws SQLException;

    /** Connections for reading. */
    DataSource readers();

    /** The statement that makes a connection of {@link #readers} one that cannot write. */
    String readOnly();

    /** How many connections of {@link #readers} may be open. */
    int pool();

    /** The directory that no second process may use; empty if this database takes several. */
    Optional<Path> directory();
}
