package io.tocsin.store;

import io.tocsin.model.Text;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.sqlite.SQLiteException;

/** Tells faults of the database apart: those that may pass, and those that lie in what was to be written. */
final class Faults {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int CORRUPT = 11;
    private static final int NO_DATABASE = 26;
    /** busy, locked, out of memory, read only, interrupted, I/O, full, cannot open, locking protocol, schema changed. */
    private static final Set<Integer> PASSING_SQLITE = Set.of(BUSY, LOCKED, 7, 8, 9, 10, 13, 14, 15, 17);
    /** connection, transaction rollback, resources, operator intervention, system error. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Deadlock, serialization, a lock or a statement or a transaction that took too long, a session that was ended. */
    private static final Set<String> BRIEF =
            Set.of("40001", "40P01", "55P03", "57014", "25P03", "25P04", "57P01", "57P05");

    /** Ended by an administrator, after a crash of another one, because its database goes, because it was idle. */
    private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P04", "57P05");

    /**
     * Read only (as a primary that became a standby is), not let in any more, database or table or right gone: somebody
     * is at work on the server, and what was to be written is not to blame.
     */
    private static final Set<String> PASSING_STATES =
            Set.of("25006", "25P03", "25P04", "28000", "28P01", "3D000", "42501", "42P01", "55006", "55P03");

    /** A damaged page, a damaged index. */
    private static final Set<String> DAMAGED_STATES = Set.of("XX001", "XX002");

    /** No connection was made. */
    private static final String UNREACHED = "08001";

    private Faults() {}

    /** Whether the same work may succeed later. */
    static boolean passing(Throwable fault) {
        SQLException sql = sql(fault);
        if (sql instanceof SQLiteException sqlite) {
            return PASSING_SQLITE.contains(code(sqlite));
        }
        // the driver throws a plain exception without any code when its connection is closed
        String state = state(sql);
        return sql != null
                && (state.length() < 2
                        || PASSING_STATES.contains(state)
                        || PASSING_CLASSES.contains(state.substring(0, 2)));
    }

    /**
     * Whether the same work may succeed at once, with the database sound and there: somebody else was in the way, or the
     * server ended a session that took too long.
     */
    static boolean brief(Throwable fault) {
        return BRIEF.contains(state(sql(fault)));
    }

    /** Whether the server ended the session; another one may be sound. */
    static boolean ended(Throwable fault) {
        return ENDED.contains(state(sql(fault)));
    }

    /** Whether the server gave a statement up because it took too long. */
    static boolean slow(Throwable fault) {
        return "57014".equals(state(sql(fault)));
    }

    /**
     * Whether nothing can be written at present, whatever it is: the fault may pass, or somebody may restore the database.
     */
    static boolean away(Throwable fault) {
        return passing(fault) || damaged(fault);
    }

    /** Whether the database itself is broken: nothing can be written until somebody repairs it. */
    static boolean damaged(Throwable fault) {
        SQLException sql = sql(fault);
        return sql instanceof SQLiteException sqlite
                ? code(sqlite) == CORRUPT || code(sqlite) == NO_DATABASE
                : DAMAGED_STATES.contains(state(sql));
    }

    /** Whether somebody else holds the database. */
    static boolean locked(Throwable fault) {
        SQLException sql = sql(fault);
        return sql instanceof SQLiteException sqlite
                ? code(sqlite) == BUSY || code(sqlite) == LOCKED
                : "55P03".equals(state(sql));
    }

    /** The fault in one line, safe for a log. */
    static String text(Throwable fault) {
        SQLException sql = sql(fault);
        Throwable told = sql == null ? fault : sql;
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        String how = sql == null ? "" : how(sql.getCause());
        if (!how.isEmpty()) {
            message = UNREACHED.equals(state(sql)) ? how : message.strip() + " (" + how + ")";
        }
        return Text.clean(Text.cut(message.strip().replaceAll("\\s*\\R\\s*", " "), 300));
    }

    /** PostgreSQL's driver says that a connection broke or was not made, and under it how. */
    private static String how(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "unknown host";
        }
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : "";
    }

    private static int code(SQLiteException sqlite) {
        return sqlite.getResultCode().code & 0xff;
    }

    private static String state(SQLException sql) {
        return sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    private static SQLException sql(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            // the pool says how long it waited, and under it for what
            boolean pool = at instanceof SQLTransientConnectionException && at.getCause() instanceof SQLException;
            if (at instanceof SQLException sql && !pool) {
                // that of a batch repeats the whole statement; the next one says what is wrong
                return sql instanceof BatchUpdateException && sql.getNextException() != null
                        ? sql.getNextException()
                        : sql;
            }
        }
        return null;
    }
}
