package io.tocsin.store;

import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The outbox in memory; guarded by whoever owns it, a {@link MemoryStore} or a {@link FailOpen}. */
final class MemoryOutbox {
    private static final Comparator<MemoryNote> AS_THEY_FALL_DUE = Comparator.<MemoryNote, Instant>comparing(
                    note -> note.told.nextAttemptAt())
            .thenComparing(note -> note.told.alertId())
            .thenComparingLong(note -> note.told.revision());

    private final Map<String, List<MemoryNote>> byAlert = new HashMap<>();
    private final Map<String, Queue> queues = new HashMap<>();
    private final Function<String, Earlier> earlier;

    /** What is known of earlier notifications that are not in here. */
    enum Earlier {
        /** There are none. */
        ALL_HERE,
        /** They are done: those that waited are in here. */
        DONE,
        /** They may be done, or wait elsewhere. */
        UNKNOWN
    }

    /** With what is known of each receiver. */
    MemoryOutbox(Function<String, Earlier> earlier) {
        this.earlier = earlier;
    }

    /** What a receiver has yet to hear, and what it need no longer hear. */
    private static final class Queue {
        /** Those that nobody asked for yet; where nobody ever asks, as in a bench, they need no order. */
        private final Set<MemoryNote> arrived = new LinkedHashSet<>();

        private final TreeSet<MemoryNote> sorted = new TreeSet<>(AS_THEY_FALL_DUE);
        private final Set<MemoryNote> superseded = new LinkedHashSet<>();

        private TreeSet<MemoryNote> waiting() {
            sorted.addAll(arrived);
            arrived.clear();
            return sorted;
        }

        private void remove(MemoryNote note) {
            if (!arrived.remove(note)) {
                sorted.remove(note);
            }
        }
    }

    private Queue queue(String receiver) {
        return queues.computeIfAbsent(receiver, name -> new Queue());
    }

    void add(Notification told) {
        List<MemoryNote> notes = byAlert.computeIfAbsent(told.alertId(), id -> new ArrayList<>(4));
        if (find(notes, told) != null) {
            return;
        }
        MemoryNote note = new MemoryNote(
                told.state() == NotificationState.PENDING
                        ? MemoryNote.standing(
                                told,
                                NotificationState.PENDING,
                                told.stateDetail(),
                                Objects.requireNonNullElse(told.nextAttemptAt(), told.createdAt()),
                                told.attempts())
                        : told);
        if (note.pending()) {
            Queue queue = queue(told.receiver());
            for (MemoryNote older : notes) {
                if (older.pending()
                        && older.told.receiver().equals(told.receiver())
                        && older.told.revision() < told.revision()
                        && older.told.attempts().isEmpty()) {
                    if (older.supersededBy == null) {
                        queue.remove(older);
                        queue.superseded.add(older);
                    }
                    older.supersededBy = told;
                }
            }
            queue.arrived.add(note);
        }
        notes.add(note);
    }

    private static MemoryNote find(List<MemoryNote> notes, Notification told) {
        for (int i = notes.size() - 1; i >= 0; i--) {
            Notification other = notes.get(i).told;
            if (other.revision() == told.revision() && other.receiver().equals(told.receiver())) {
                return notes.get(i);
            }
        }
        return null;
    }

    void takeUp(String receiver) {
        queue(receiver).waiting().forEach(MemoryOutbox::takeUp);
        queue(receiver).superseded.forEach(MemoryOutbox::takeUp);
    }

    private static void takeUp(MemoryNote note) {
        note.unsure = true;
        note.again = false;
    }

    List<Notification> due(String receiver, Instant now, int limit, Set<String> inFlight) {
        Queue queue = queue(receiver);
        skipSuperseded(queue, inFlight);
        List<Notification> due = new ArrayList<>();
        for (MemoryNote note : queue.waiting()) {
            if (note.told.nextAttemptAt().isAfter(now) || due.size() == limit) {
                break;
            }
            if (leads(note)) {
                due.add(MemoryNote.first(note.told, !heard(note.told)));
            }
        }
        return due;
    }

    private void skipSuperseded(Queue queue, Set<String> inFlight) {
        List<MemoryNote> oldestFirst = new ArrayList<>(queue.superseded);
        oldestFirst.sort(Comparator.comparingLong(note -> note.told.revision()));
        for (MemoryNote note : oldestFirst) {
            if (inFlight.contains(note.told.alertId())) {
                continue;
            }
            queue.superseded.remove(note);
            if (!note.pending() || note.supersededBy == null) {
                continue;
            }
            Notification later = note.supersededBy;
            String why = Marks.superseded(later.revision(), later.change());
            note.stands(NotificationState.SKIPPED, why, null, note.told.attempts());
        }
    }

    /** Whether an older one of the same alert and receiver counts as heard. */
    private boolean heard(Notification told) {
        boolean ends = told.change() == ChangeKind.ACKNOWLEDGED || told.change() == ChangeKind.RESOLVED;
        Notification oldest = told;
        for (MemoryNote note : byAlert.get(told.alertId())) {
            Notification older = note.told;
            if (older.revision() >= told.revision() || !older.receiver().equals(told.receiver())) {
                continue;
            }
            if (older.state() == NotificationState.SENT
                    || ends && (note.unsure || !older.attempts().isEmpty())) {
                return true;
            }
            oldest = older.revision() < oldest.revision() ? older : oldest;
        }
        Earlier before = earlier.apply(told.receiver());
        return !oldest.first() && (before == Earlier.DONE || before == Earlier.UNKNOWN && ends);
    }

    /** Whether no older one of the same alert and receiver waits. */
    private boolean leads(MemoryNote note) {
        for (MemoryNote other : byAlert.get(note.told.alertId())) {
            if (other.waits()
                    && other.told.revision() < note.told.revision()
                    && other.told.receiver().equals(note.told.receiver())) {
                return false;
            }
        }
        return true;
    }

    Optional<Instant> nextDue(String receiver) {
        for (MemoryNote note : queue(receiver).waiting()) {
            if (leads(note)) {
                return Optional.of(note.told.nextAttemptAt());
            }
        }
        return Optional.empty();
    }

    void record(
            Notification which,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        MemoryNote note = find(byAlert.getOrDefault(which.alertId(), List.of()), which);
        if (note == null) {
            return;
        }
        Queue queue = queue(which.receiver());
        queue.remove(note);
        List<Notification.Attempt> attempts = note.told.attempts();
        if (attempt != null) {
            if (attempts.isEmpty() || !attempts.get(attempts.size() - 1).equals(attempt)) {
                attempts = new ArrayList<>(attempts);
                attempts.add(attempt);
            }
            note.supersededBy = null;
        }
        boolean again = attempt != null && note.again && state == NotificationState.SENT;
        note.again = note.again && attempt == null;
        NotificationState now = again ? NotificationState.PENDING : state;
        Instant due = now == NotificationState.PENDING
                ? Objects.requireNonNullElse(nextAttemptAt, note.told.createdAt())
                : null;
        note.stands(now, detail, due, attempts);
        if (note.waits()) {
            queue.arrived.add(note);
        } else if (note.pending()) {
            queue.superseded.add(note);
        }
    }

    /**
     * Somebody who no longer tells a receiver told it this, maybe after the current state: that waits again, or is told
     * once more if it may be on its way.
     */
    void again(Notification old) {
        MemoryNote newest = null;
        for (MemoryNote note : byAlert.getOrDefault(old.alertId(), List.of())) {
            boolean same = note.told.receiver().equals(old.receiver());
            note.unsure |= same && note.told.revision() == old.revision();
            if (same && note.told.revision() > (newest == null ? old.revision() : newest.told.revision())) {
                newest = note;
            }
        }
        if (newest == null) {
            return;
        }
        newest.unsure = true;
        if (newest.pending()) {
            newest.again = true;
            return;
        }
        newest.supersededBy = null;
        newest.stands(NotificationState.PENDING, null, newest.told.createdAt(), newest.told.attempts());
        queue(old.receiver()).arrived.add(newest);
    }

    /** A notification as it stands by now, if anything has become of it. */
    Notification standing(Notification n) {
        MemoryNote note = find(byAlert.getOrDefault(n.alertId(), List.of()), n);
        if (note == null || note.pending() && note.told.attempts().isEmpty()) {
            return n;
        }
        Notification now = note.told;
        return MemoryNote.standing(n, now.state(), now.stateDetail(), now.nextAttemptAt(), now.attempts());
    }

    long backlog(String receiver) {
        return queue(receiver).waiting().size();
    }

    Optional<Instant> oldest(String receiver) {
        return queue(receiver).waiting().stream()
                .map(note -> note.told.createdAt())
                .min(Comparator.naturalOrder());
    }

    List<Notification> of(String alertId) {
        return byAlert.getOrDefault(alertId, List.of()).stream()
                .map(note -> note.told)
                .sorted(Comparator.comparingLong(Notification::revision).thenComparing(Notification::receiver))
                .toList();
    }

    /** Drops an alert's notifications; returns how many. */
    int forget(String alertId) {
        List<MemoryNote> notes = byAlert.remove(alertId);
        if (notes == null) {
            return 0;
        }
        for (MemoryNote note : notes) {
            if (note.pending()) {
                Queue queue = queue(note.told.receiver());
                queue.remove(note);
                queue.superseded.remove(note);
            }
        }
        return notes.size();
    }
}
