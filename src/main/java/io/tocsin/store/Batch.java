package io.tocsin.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One prepared statement that is executed for many rows, a few thousand at a time. */
final class Batch implements AutoCloseable {
    private static final int ROWS = 4000;

    private final PreparedStatement statement;
    private int waiting;
    private int written;

    Batch(Connection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
    }

    /** Adds a row: strings, numbers and nulls in the order of the placeholders. */
    void add(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
        if (++waiting == ROWS) {
            flush();
        }
    }

    /** Executes what waits; returns how many rows the statement changed altogether. */
    int run() throws SQLException {
        flush();
        return written;
    }

    private void flush() throws SQLException {
        if (waiting > 0) {
            waiting = 0;
            for (int count : statement.executeBatch()) {
                written += Math.max(count, 0);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** Executes a statement once; returns how many rows it changed. */
    static int once(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
