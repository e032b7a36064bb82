package io.tocsin.store;

import io.tocsin.model.Text;
import java.sql.SQLException;
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
    private static final Set<String> PASSING_STATES = Set.of("08", "40", "53", "57", "58");

    private Faults() {}

    /** Whether the same work may succeed later. */
    static boolean passing(Throwable fault) {
        SQLException sql = sql(fault);
        if (sql instanceof SQLiteException sqlite) {
            return PASSING_SQLITE.contains(code(sqlite));
        }
        // the driver throws a plain exception without any code when its connection is closed
        return sql != null
                && (sql.getSQLState() == null
                        || sql.getSQLState().length() < 2
                        || PASSING_STATES.contains(sql.getSQLState().substring(0, 2)));
    }

    /**
     * Whether nothing can be written at present, whatever it is: the fault may pass, or somebody may restore the database.
     */
    static boolean away(Throwable fault) {
        return passing(fault) || damaged(fault);
    }

    /** Whether the database itself is broken: nothing can be written until somebody repairs it. */
    static boolean damaged(Throwable fault) {
        return sql(fault) instanceof SQLiteException sqlite && (code(sqlite) == CORRUPT || code(sqlite) == NO_DATABASE);
    }

    /** Whether somebody else holds the database. */
    static boolean locked(Throwable fault) {
        return sql(fault) instanceof SQLiteException sqlite && (code(sqlite) == BUSY || code(sqlite) == LOCKED);
    }

    /** The fault in one line, safe for a log. */
    static String text(Throwable fault) {
        SQLException sql = sql(fault);
        Throwable told = sql == null ? fault : sql;
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        return Text.clean(Text.cut(message.strip().replaceAll("\\s*\\R\\s*", " "), 300));
    }

    private static int code(SQLiteException sqlite) {
        return sqlite.getResultCode().code & 0xff;
    }

    private static SQLException sql(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
