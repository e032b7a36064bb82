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
        bind(statement, values);
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
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            // PostgreSQL has no text with this character in it, and one such row would fail a whole group
            boolean zero = value instanceof String text && text.indexOf('\0') >= 0;
            statement.setObject(i + 1, zero ? value.toString().replace('\0', '\ufffd') : value);
        }
    }
}
