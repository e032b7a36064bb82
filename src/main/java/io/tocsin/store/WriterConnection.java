package io.tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's connection; used by the writer's thread alone. */
final class WriterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private final Source source;
    private Connection connection;

    WriterConnection(Source source) {
        this.source = source;
    }

    /** The open connection, opened anew if need be. */
    Connection get() throws SQLException {
        if (connection == null) {
            connection = source.open();
        }
        return connection;
    }

    /** Undoes what is not committed; a connection that cannot even do that is given up. */
    void rollBack() {
        try {
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException fault) {
            LOG.debug("rollback failed: {}", Faults.text(fault));
            close();
        }
    }

    /** Closes; the next {@link #get} opens anew. */
    void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException fault) {
            LOG.debug("close failed: {}", Faults.text(fault));
        } finally {
            connection = null;
        }
    }

    /** Opens connections that do not commit by themselves. */
    interface Source {
        Connection open() throws SQLException;
    }
}
