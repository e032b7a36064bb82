package io.tocsin.notify;

import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.store.FencedException;
import io.tocsin.store.HeldException;
import io.tocsin.store.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An outbox in a list, as the contract of {@link Outbox} has it, except that it replaces nothing. */
final class MemoryOutbox implements Outbox {
    private final List<Notification> rows = new ArrayList<>();
    private final List<String> takenUp = new ArrayList<>();
    private int away;
    private CompletableFuture<Void> slow;
    private int asked;
    private boolean heldElsewhere;
    private boolean mine;
    private int released;

    synchronized void add(Notification... notifications) {
        rows.addAll(List.of(notifications));
    }

    /** Fails the next calls. */
    synchronized void awayFor(int calls) {
        away = calls;
    }

    /** The next answer to what is due is worked out at once, but comes only when the future completes. */
    synchronized void answerLate(CompletableFuture<Void> when) {
        slow = when;
    }

    /** How often it was asked what is due. */
    synchronized int asked() {
        return asked;
    }

    synchronized List<Notification> all() {
        return List.copyOf(rows);
    }

    synchronized Notification get(int row) {
        return rows.get(row);
    }

    @Override
    public synchronized CompletionStage<Void> takeUp(String receiver) {
        if (away-- > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("store away"));
        }
        if (heldElsewhere) {
            return CompletableFuture.failedFuture(new HeldException(receiver, "127.0.0.1:5702"));
        }
        takenUp.add(receiver);
        mine = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> release(String receiver) {
        if (away-- > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("store away"));
        }
        mine = false;
        released++;
        return CompletableFuture.completedFuture(null);
    }

    /** Whether another member tells the receivers. */
    synchronized void heldElsewhere(boolean held) {
        heldElsewhere = held;
        mine &= !held;
    }

    /** How often a receiver was given back. */
    synchronized int released() {
        return released;
    }

    /** The receivers that somebody sends for. */
    synchronized List<String> takenUp() {
        return List.copyOf(takenUp);
    }

    @Override
    public synchronized CompletionStage<List<Notification>> due(
            String receiver, Instant now, int limit, Set<String> inFlight) {
        if (away-- > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("store away"));
        }
        if (!takenUp.contains(receiver)) {
            throw new AssertionError("asked for what " + receiver + " is due before it was taken up");
        }
        if (!mine) {
            return CompletableFuture.failedFuture(FencedException.ofReceiver(receiver));
        }
        asked++;
        CompletableFuture<Void> when = slow == null ? CompletableFuture.completedFuture(null) : slow;
        slow = null;
        List<Notification> due = due(rows, receiver, now, limit);
        return when.thenApply(done -> due);
    }

    private static List<Notification> due(List<Notification> rows, String receiver, Instant now, int limit) {
        Set<String> seen = new HashSet<>();
        return rows.stream()
                .filter(row -> open(row, receiver))
                .sorted(Comparator.comparingLong(Notification::revision))
                .filter(row -> seen.add(row.alertId()))
                .filter(row -> !row.nextAttemptAt().isAfter(now))
                .limit(limit)
                .map(row -> standing(
                        row, !heard(rows, row), row.state(), row.stateDetail(), row.nextAttemptAt(), row.attempts()))
                .toList();
    }

    private static boolean heard(List<Notification> rows, Notification told) {
        boolean ends = told.change() == ChangeKind.ACKNOWLEDGED || told.change() == ChangeKind.RESOLVED;
        return rows.stream()
                .filter(row -> row.alertId().equals(told.alertId())
                        && row.receiver().equals(told.receiver())
                        && row.revision() < told.revision())
                .anyMatch(row -> row.state() == NotificationState.SENT
                        || ends && !row.attempts().isEmpty());
    }

    private static Notification standing(
            Notification row,
            boolean first,
            NotificationState state,
            String detail,
            Instant nextAttemptAt,
            List<Notification.Attempt> attempts) {
        return new Notification(
                row.alert(),
                row.receiver(),
                row.change(),
                row.detail(),
                first,
                row.createdAt(),
                state,
                detail,
                nextAttemptAt,
                attempts);
    }

    @Override
    public synchronized CompletionStage<Optional<Instant>> nextDue(String receiver) {
        return CompletableFuture.completedFuture(rows.stream()
                .filter(row -> open(row, receiver))
                .map(Notification::nextAttemptAt)
                .min(Comparator.naturalOrder()));
    }

    @Override
    public synchronized CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        if (away-- > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("store away"));
        }
        if (!mine) {
            return CompletableFuture.failedFuture(FencedException.ofReceiver(notification.receiver()));
        }
        for (int i = 0; i < rows.size(); i++) {
            Notification row = rows.get(i);
            if (row.alertId().equals(notification.alertId())
                    && row.revision() == notification.revision()
                    && row.receiver().equals(notification.receiver())) {
                List<Notification.Attempt> attempts = new ArrayList<>(row.attempts());
                if (attempt != null) {
                    attempts.add(attempt);
                }
                rows.set(i, standing(row, row.first(), state, detail, nextAttemptAt, attempts));
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized long backlog(String receiver) {
        return rows.stream().filter(row -> open(row, receiver)).count();
    }

    @Override
    public synchronized Optional<Instant> oldest(String receiver) {
        return rows.stream()
                .filter(row -> open(row, receiver))
                .map(Notification::createdAt)
                .min(java.util.Comparator.naturalOrder());
    }

    private static boolean open(Notification row, String receiver) {
        return row.receiver().equals(receiver) && row.state() == NotificationState.PENDING;
    }
}
