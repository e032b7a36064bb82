package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Transition;
import io.tocsin.model.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Turns rows into what they hold. */
final class Rows {
    /** What {@link #notification} reads of a notification called {@code n}. */
    static final String NOTIFICATION = notification("n.is_first");

    /** What {@link #transition} reads. */
    static final String TRANSITION = "alert_id, revision, kind, at, cause, detail, by_whom, to_whom";

    private final Codec codec;

    /** The same with an expression for whether it is the first. */
    static String notification(String first) {
        return "n.document, n.receiver, n.change_kind, n.detail, " + first + ", n.created_at, n.state, n.state_detail,"
                + " n.next_attempt_at, n.attempts, n.alert_id, n.revision";
    }

    Rows(Codec codec) {
        this.codec = codec;
    }

    /** The alert in column {@code document}; its id in the message if it cannot be read. */
    Alert alert(String id, String document) {
        try {
            return codec.alert(document);
        } catch (RuntimeException fault) {
            throw unreadable("alert " + id, fault);
        }
    }

    Life life(String id, String document, String tracking, String because) {
        try {
            return new Life(codec.alert(document), codec.tracking(tracking), codec.because(because));
        } catch (RuntimeException fault) {
            throw unreadable("alert " + id, fault);
        }
    }

    private static StoreException unreadable(String what, RuntimeException fault) {
        return new StoreException(
                what + " is stored in a form that cannot be read (" + Faults.text(fault)
                        + "): restore a backup, or start the version that wrote it",
                fault);
    }

    Notification notification(ResultSet row) throws SQLException {
        String attempts = row.getString(10);
        return new Notification(
                alert(row.getString(11), row.getString(1)),
                row.getString(2),
                constant(ChangeKind.class, row.getString(3)),
                row.getString(4),
                row.getInt(5) == 1,
                instant(row, 6),
                constant(NotificationState.class, row.getString(7)),
                row.getString(8),
                instant(row, 9),
                attempts == null ? List.of() : codec.attempts(attempts));
    }

    static Transition transition(ResultSet row) throws SQLException {
        return new Transition(
                row.getString(1),
                row.getLong(2),
                constant(ChangeKind.class, row.getString(3)),
                instant(row, 4),
                constant(Cause.class, row.getString(5)),
                row.getString(6),
                row.getString(7),
                Names.split(row.getString(8)));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Micros.at(micros);
    }

    static <E extends Enum<E> & Wire> E constant(Class<E> type, String wire) {
        return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT));
    }
}
