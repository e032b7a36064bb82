package io.tocsin.store;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Notifications that are to be delivered, per receiver; what notifiers see of the store. */
public interface Outbox {
    /**
     * This process takes up a receiver, before anything else it asks of it: one process tells a receiver at a time. Whoever
     * told it before may have been killed between sending and recording, so all that waits now counts as possibly told
     * already: see {@link #due}. The stage fails with {@link HeldException} while another process tells the receiver and
     * lives.
     */
    CompletionStage<Void> takeUp(String receiver);

    /**
     * Gives a receiver back, once nothing is being sent to it, so that another process may take it up at once. If the stage
     * fails it is still this process'.
     */
    CompletionStage<Void> release(String receiver);

    /**
     * What a receiver is due to be told: per alert the oldest unfinished notification only (strictly by revision), those
     * that are due the longest first. Before it looks, it marks as skipped those that were never attempted and that a
     * later notification of the same alert and receiver replaces; not those of alerts in flight, which may be told already.
     *
     * <p>{@code first} is told as it is at this moment, whatever was decided when the notification was written: none of the
     * alert's earlier notifications was sent to this receiver. An attempt that did not end as sent, or one that another
     * sender may have made and not recorded, may have arrived all the same, so it is read on the safe side: what tells that
     * an alert stands is still the first after one, what tells that it is acknowledged or resolved is the first only if none
     * can have arrived.
     *
     * <p>The stage fails with {@link FencedException} if this process no longer tells the receiver, as far as the store can
     * say.
     *
     * @param limit at most so many
     * @param inFlight alerts of which the caller sends something right now; what waits of them may be among the answer
     */
    CompletionStage<List<Notification>> due(String receiver, Instant now, int limit, Set<String> inFlight);

    /** When {@link #due} will have something next, a past instant if it has now; empty if nothing waits. */
    CompletionStage<Optional<Instant>> nextDue(String receiver);

    /**
     * Records an attempt, or where a notification stands without one. Unknown ones are ignored. Fails with {@link
     * FencedException} if this process no longer tells the receiver: then nothing of it is recorded, and as an old state may
     * have been told after the current one, the current one waits again for whoever tells the receiver by now.
     *
     * @param notification which
     * @param attempt the attempt; null if none was made
     * @param state where it stands now
     * @param detail why, for failed and skipped ones; null otherwise
     * @param nextAttemptAt when to try again, for pending ones (null: at once); null otherwise
     */
    CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt);

    /**
     * Whether this process tells the receiver still, asked at the last moment before it does: whoever froze after it asked
     * what is due finds out that another one has gone on. Yes, as far as anybody can say, while what is due goes out
     * unrecorded; the stage fails if the store does not answer.
     */
    default CompletionStage<Boolean> tells(String receiver) {
        return CompletableFuture.completedStage(true);
    }

    /**
     * Whether this process has to tell a receiver something though it is another one that tells it: the store is away, what
     * is decided goes out unrecorded, and nobody else knows of it. Then {@link #due} answers, without the receiver being
     * taken up. Never blocks.
     */
    default boolean owes(String receiver) {
        return false;
    }

    /** How many notifications of a receiver wait. Blocks. */
    long backlog(String receiver);

    /** When the oldest of them came to be; empty if none waits. Blocks. */
    Optional<Instant> oldest(String receiver);
}
