package io.tocsin.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another program that holds a store's file: until it is closed nothing can be written. */
final class StoreLock implements AutoCloseable {
    private final Connection connection;

    private StoreLock(Connection connection) {
        this.connection = connection;
    }

    static StoreLock on(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN EXCLUSIVE");
        }
        return new StoreLock(connection);
    }

    void release() throws SQLException {
        connection.close();
    }

    @Override
    public void close() throws SQLException {
        release();
    }
}
