package io.tocsin.store;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.time.Instant;
import java.util.List;

/** A notification as it stands, and the one that replaces it. */
final class MemoryNote {
    Notification told;
    Notification supersededBy;
    /** A sender that is gone may have sent it. */
    boolean unsure;
    /** Sending it once is not enough: somebody who no longer tells its receiver told an older state meanwhile. */
    boolean again;

    MemoryNote(Notification told) {
        this.told = told;
    }

    boolean pending() {
        return told.state() == NotificationState.PENDING;
    }

    boolean waits() {
        return pending() && supersededBy == null;
    }

    void stands(NotificationState state, String detail, Instant nextAttemptAt, List<Notification.Attempt> attempts) {
        told = standing(told, state, detail, nextAttemptAt, attempts);
    }

    static Notification standing(
            Notification n,
            NotificationState state,
            String detail,
            Instant nextAttemptAt,
            List<Notification.Attempt> attempts) {
        return new Notification(
                n.alert(),
                n.receiver(),
                n.change(),
                n.detail(),
                n.first(),
                n.createdAt(),
                state,
                detail,
                nextAttemptAt,
                attempts);
    }

    static Notification first(Notification n, boolean first) {
        return new Notification(
                n.alert(),
                n.receiver(),
                n.change(),
                n.detail(),
                first,
                n.createdAt(),
                n.state(),
                n.stateDetail(),
                n.nextAttemptAt(),
                n.attempts());
    }
}
