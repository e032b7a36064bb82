package io.tocsin.model;

import java.time.Instant;
import java.util.List;

/**
 * One alert change for one receiver, with every attempt to deliver it. Unique by alert, revision and receiver.
 *
 * @param alert the alert as of that revision
 * @param receiver the receiver's name in config
 * @param change what happened
 * @param detail one line for people about the change
 * @param first whether the receiver never heard of this alert before
 * @param createdAt when it was decided
 * @param state where it stands
 * @param stateDetail why it stands there, for failed and skipped ones; null otherwise
 * @param nextAttemptAt when it is due; null once it is sent, failed or skipped
 * @param attempts every attempt so far, oldest first
 */
public record Notification(
        Alert alert,
        String receiver,
        ChangeKind change,
        String detail,
        boolean first,
        Instant createdAt,
        NotificationState state,
        String stateDetail,
        Instant nextAttemptAt,
        List<Attempt> attempts) {
    public Notification {
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt to deliver.
     *
     * @param at when it began
     * @param tookMs how long it took, milliseconds
     * @param outcome {@code sent}, {@code retry}, {@code failed} or {@code skipped}
     * @param detail what the receiver answered, without any secret
     */
    public record Attempt(Instant at, long tookMs, String outcome, String detail) {}

    /** The same about an alert that is marked as {@link Alert#asDegraded}. */
    public Notification asDegraded() {
        return new Notification(
                alert.asDegraded(),
                receiver,
                change,
                detail,
                first,
                createdAt,
                state,
                stateDetail,
                nextAttemptAt,
                attempts);
    }

    /** The alert's id. */
    public String alertId() {
        return alert.id();
    }

    /** The alert's revision. */
    public long revision() {
        return alert.revision();
    }
}
