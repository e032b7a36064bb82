package io.tocsin.store;

import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes what became of notifications. */
final class Marks {
    private static final String ATTEMPTS =
            "SELECT attempts, unsure FROM notification WHERE alert_id = ? AND receiver = ? AND revision = ?";
    // an attempted one is no longer replaced by a later one: it goes on until it is done
    private static final String ATTEMPTED = """
            UPDATE notification SET state = ?, state_detail = ?, next_attempt_at = ?, attempts = ?, tried = ?,
                superseded_by = NULL, unsure = ?
            WHERE alert_id = ? AND receiver = ? AND revision = ?""";
    private static final String PUT = """
            UPDATE notification SET state = ?, state_detail = ?, next_attempt_at = ?
            WHERE alert_id = ? AND receiver = ? AND revision = ?""";
    private static final String SUPERSEDED = """
            SELECT n.alert_id, n.revision, n.superseded_by, later.change_kind
            FROM notification n JOIN notification later
                ON later.alert_id = n.alert_id AND later.receiver = n.receiver AND later.revision = n.superseded_by
            WHERE n.receiver = ? AND n.state = 'pending' AND n.superseded_by IS NOT NULL
            ORDER BY n.alert_id, n.revision""";
    private static final String SKIP = """
            UPDATE notification SET state = 'skipped', state_detail = ?, next_attempt_at = NULL
            WHERE alert_id = ? AND receiver = ? AND revision = ?""";

    private static final String OVERTAKEN = """
            UPDATE notification SET state = 'skipped', state_detail = ?, next_attempt_at = NULL
            WHERE alert_id = ? AND receiver = ? AND revision < ? AND state = 'pending'""";

    // one that waits may be on its way to the receiver right now, ahead of the old state: 2 has it told once more
    private static final String AGAIN = """
            UPDATE notification SET
                unsure = CASE WHEN state = 'pending' THEN 2 ELSE 1 END,
                next_attempt_at = CASE WHEN state = 'pending' THEN next_attempt_at ELSE created_at END,
                state = 'pending', state_detail = NULL, superseded_by = NULL
            WHERE alert_id = ? AND receiver = ? AND revision > ? AND revision =
                (SELECT MAX(newest.revision) FROM notification newest WHERE newest.alert_id = ? AND newest.receiver = ?)""";

    private static final String LATE = """
            UPDATE notification SET unsure = 1
            WHERE alert_id = ? AND receiver = ? AND revision = ? AND unsure = 0""";

    /** So many at most are marked as possibly sent at a time. */
    static final int SLICE = 1000;

    private static final String SURE =
            "SELECT alert_id, revision FROM notification WHERE receiver = ? AND state = 'pending' AND unsure <> 1 AND ";
    private static final String UNSURE =
            "UPDATE notification SET unsure = 1 WHERE alert_id = ? AND receiver = ? AND revision = ?";

    private final Codec codec;

    Marks(Codec codec) {
        this.codec = codec;
    }

    /** Writes the outcome of one attempt, or a new standing without one. */
    void write(Connection connection, Work.Mark mark) throws SQLException {
        Notification n = mark.notification();
        Long due = null;
        if (mark.state() == NotificationState.PENDING) {
            due = Micros.of(mark.nextAttemptAt() == null ? n.createdAt() : mark.nextAttemptAt());
        }
        String state = mark.state().wire();
        if (mark.attempt() == null) {
            Batch.once(connection, PUT, state, mark.detail(), due, n.alertId(), n.receiver(), n.revision());
            return;
        }
        Kept kept = kept(connection, n);
        List<Notification.Attempt> attempts = kept.attempts;
        // written again after a commit that failed halfway to us
        if (attempts.isEmpty() || !attempts.get(attempts.size() - 1).equals(mark.attempt())) {
            attempts.add(mark.attempt());
        }
        boolean again = kept.unsure == 2 && mark.state() == NotificationState.SENT;
        Batch.once(
                connection,
                ATTEMPTED,
                again ? NotificationState.PENDING.wire() : state,
                mark.detail(),
                again ? Micros.of(n.createdAt()) : due,
                codec.attempts(attempts),
                attempts.size(),
                Math.min(kept.unsure, 1),
                n.alertId(),
                n.receiver(),
                n.revision());
        if (mark.apart() && mark.state() == NotificationState.SENT) {
            String why = superseded(n.revision(), n.change());
            Batch.once(connection, OVERTAKEN, why, n.alertId(), n.receiver(), n.revision());
        }
    }

    /**
     * Somebody who no longer tells the receiver told it something: the current state is told after it, by whoever does.
     * Where that is what was told, once is enough.
     */
    void again(Connection connection, Work.Mark mark) throws SQLException {
        if (mark.attempt() != null) {
            Notification n = mark.notification();
            // what was decided apart may have the number of something else
            long told = mark.apart() ? -1 : n.revision();
            Batch.once(connection, LATE, n.alertId(), n.receiver(), told);
            Batch.once(connection, AGAIN, n.alertId(), n.receiver(), told, n.alertId(), n.receiver());
        }
    }

    private record Kept(List<Notification.Attempt> attempts, int unsure) {}

    private Kept kept(Connection connection, Notification n) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ATTEMPTS)) {
            select.setString(1, n.alertId());
            select.setString(2, n.receiver());
            select.setLong(3, n.revision());
            try (ResultSet row = select.executeQuery()) {
                boolean known = row.next();
                String text = known ? row.getString(1) : null;
                return new Kept(
                        text == null ? new ArrayList<>() : new ArrayList<>(codec.attempts(text)),
                        known ? row.getInt(2) : 0);
            }
        }
    }

    /** Marks a receiver's notifications that a later one replaces, but for alerts in flight; returns how many there were. */
    static int skipSuperseded(Connection connection, String receiver, Set<String> inFlight) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SUPERSEDED);
                Batch skip = new Batch(connection, SKIP)) {
            select.setString(1, receiver);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!inFlight.contains(row.getString(1))) {
                        String why = superseded(row.getLong(3), row.getString(4));
                        skip.add(why, row.getString(1), receiver, row.getLong(2));
                    }
                }
            }
            return skip.run();
        }
    }

    /**
     * Marks what waits for a receiver as possibly sent already by a sender that is gone; returns how many, all there were if
     * these are less than {@link #SLICE}.
     */
    static int unsure(Connection connection, String receiver) throws SQLException {
        // each has an index of its own
        int waiting = unsure(connection, receiver, "superseded_by IS NULL");
        return waiting < SLICE ? waiting + unsure(connection, receiver, "superseded_by IS NOT NULL") : waiting;
    }

    private static int unsure(Connection connection, String receiver, String which) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SURE + which + " LIMIT " + SLICE);
                Batch unsure = new Batch(connection, UNSURE)) {
            select.setString(1, receiver);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    unsure.add(row.getString(1), receiver, row.getLong(2));
                }
            }
            return unsure.run();
        }
    }

    /** Marks one notification as failed without an attempt. */
    static int giveUp(Connection connection, String alertId, String receiver, long revision, String why)
            throws SQLException {
        return Batch.once(connection, PUT, NotificationState.FAILED.wire(), why, null, alertId, receiver, revision);
    }

    /** Why a notification was skipped. */
    static String superseded(long revision, String kind) {
        return "superseded by revision " + revision + " (" + kind + ")";
    }

    /** Why a notification was skipped. */
    static String superseded(long revision, ChangeKind kind) {
        return superseded(revision, kind.wire());
    }
}
