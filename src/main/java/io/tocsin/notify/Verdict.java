package io.tocsin.notify;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;

/**
 * What an outcome means for its notification; what the outbox is to record.
 *
 * @param attempt the attempt; null if none was made
 * @param state where the notification stands now
 * @param detail why, for failed and skipped ones; null otherwise
 * @param nextAttemptAt when to try again, for pending ones; null otherwise
 */
record Verdict(Notification.Attempt attempt, NotificationState state, String detail, Instant nextAttemptAt) {
    /** How long a notification is tried, from its first attempt. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** Judges an attempt that ran from {@code begun} to {@code ended}. */
    static Verdict of(Notification notification, Outcome outcome, Instant begun, Instant ended, Backoff backoff) {
        String text = Text.cut(Text.clean(outcome.text()), 500);
        if (outcome instanceof Outcome.Skip) {
            return new Verdict(null, NotificationState.SKIPPED, text, null);
        }
        if (outcome instanceof Outcome.Retry retry) {
            return retry(notification, retry, text, begun, ended, backoff);
        }
        if (outcome instanceof Outcome.GiveUp) {
            return new Verdict(attempt(begun, ended, "failed", text), NotificationState.FAILED, text, null);
        }
        return new Verdict(attempt(begun, ended, "sent", text), NotificationState.SENT, null, null);
    }

    private static Verdict retry(
            Notification notification,
            Outcome.Retry retry,
            String text,
            Instant begun,
            Instant ended,
            Backoff backoff) {
        Duration wait = backoff.after(notification.attempts().size() + 1);
        Duration asked = retry.after().orElse(Duration.ZERO);
        Instant next = ended.plus(asked.compareTo(wait) > 0 ? asked : wait);
        Instant first = notification.attempts().isEmpty()
                ? begun
                : notification.attempts().get(0).at();
        if (next.isAfter(first.plus(PATIENCE))) {
            String why = "given up after " + Text.duration(PATIENCE) + ": " + text;
            return new Verdict(attempt(begun, ended, "failed", text), NotificationState.FAILED, why, null);
        }
        return new Verdict(attempt(begun, ended, "retry", text), NotificationState.PENDING, null, next);
    }

    private static Notification.Attempt attempt(Instant begun, Instant ended, String outcome, String detail) {
        return new Notification.Attempt(
                begun, Math.max(0, Duration.between(begun, ended).toMillis()), outcome, detail);
    }

    /** The word for metrics: {@code sent}, {@code retry}, {@code failed} or {@code skipped}. */
    String word() {
        return attempt == null ? "skipped" : attempt.outcome();
    }
}
