package io.tocsin.store;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one exception to "commit before send". When the store is away for longer than a grace period, what waits for the
 * writer goes out all the same: it is laid over the database, so that senders and readers see it, and stays in the
 * writer's queue. When the store is back and all of it is written, the database alone counts again.
 */
final class FailOpen implements AutoCloseable {
    static final String AWAY = "the store is away";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private enum Phase {
        /** Nothing goes out before it is written. */
        RECORDED,
        /** The store is away: what is decided goes out. */
        UNRECORDED,
        /** The store is back: what went out is being written, what is new goes out when it is. */
        RECONCILING
    }

    /** What of a cluster went out and could not be written. */
    private record Lost(int transactions, String why) {}

    private final Duration grace;
    private final Outage outage;
    private final StoreMeters meters;
    private final WorkQueue queue;
    private final Answers answers;
    private final Supplier<CompletionStage<Waiting.Known>> waiting;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> Writer.daemon(task, "tocsin-store-outage"));

    /** Commits and marks that were taken, in order; those answered are let go when they come to the front. */
    private final ArrayDeque<Work> taken = new ArrayDeque<>();

    /** Those of them that went out unrecorded. */
    private final Set<Work> out = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<String, Lost> lost = new TreeMap<>();
    private volatile Phase phase = Phase.RECORDED;
    private CompletableFuture<Waiting.Known> stored = new CompletableFuture<>();
    private Overlay overlay;
    private long written;
    private long sent;

    /**
     * For one store.
     *
     * @param grace how long it is away before what is decided goes out
     * @param waiting reads what waits in its outbox
     */
    FailOpen(
            Duration grace,
            Outage outage,
            StoreMeters meters,
            WorkQueue queue,
            Answers answers,
            Supplier<CompletionStage<Waiting.Known>> waiting) {
        this.grace = grace;
        this.outage = outage;
        this.meters = meters;
        this.queue = queue;
        this.answers = answers;
        this.waiting = waiting;
        meters.degraded(() -> phase == Phase.UNRECORDED ? 1 : 0);
    }

    /** Takes work for the writer; returns why not, or null. */
    synchronized String take(Work work) {
        if (work instanceof Work.Task && outage.lasts()) {
            return AWAY;
        }
        String refusal = queue.offer(work);
        if (refusal == null && !(work instanceof Work.Task)) {
            while (!taken.isEmpty() && taken.peek().done().isDone() && !out.contains(taken.peek())) {
                taken.poll();
            }
            taken.add(work);
            if (phase == Phase.UNRECORDED) {
                goesOut(work);
            } else if (overlay != null && work instanceof Work.Mark mark) {
                overlay.record(mark);
            }
        }
        return refusal;
    }

    private void goesOut(Work work) {
        if (work.done().isDone() || !out.add(work)) {
            return;
        }
        if (work instanceof Work.Commit commit) {
            overlay.add(commit.transaction());
            meters.unrecorded.increment();
            answers.later(() -> {
                if (!work.done().isDone()) {
                    commit.unrecorded().run();
                }
            });
        } else if (work instanceof Work.Mark mark) {
            overlay.record(mark);
            if (mark.attempt() != null && mark.state() == NotificationState.SENT) {
                sent++;
                meters.sentUnrecorded.increment();
            }
            answers.later(() -> mark.done().complete(null));
        }
    }

    /** An outage has begun: what is tried once has failed, and what waits in the database is read while that works. */
    void away() {
        List<Work.Task<?>> inVain;
        synchronized (this) {
            inVain = queue.takeTasks();
            stored = waiting.get().toCompletableFuture();
            lookLater();
        }
        // on this thread: whoever answers could be waiting for one of them
        inVain.forEach(
                task -> task.done().completeExceptionally(new StoreException(task.what() + " failed: " + AWAY, null)));
    }

    private void lookLater() {
        try {
            timer.schedule(this::look, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // a store that closes sends nothing more
            return;
        }
    }

    private synchronized void look() {
        if (outage.lasts(grace)) {
            open();
        } else if (outage.lasts()) {
            lookLater();
        }
    }

    private void open() {
        if (phase == Phase.UNRECORDED) {
            return;
        }
        if (overlay == null) {
            overlay = new Overlay(
                    stored.isDone() && !stored.isCompletedExceptionally() ? stored.join() : Waiting.Known.NOTHING);
            written = 0;
            sent = 0;
        }
        phase = Phase.UNRECORDED;
        outage.unrecorded(queue.length());
        List.copyOf(taken).forEach(this::goesOut);
    }

    /** A group was written, but for what its owner lost; called before it is answered. */
    synchronized void written(List<Work> group, Set<Work> fenced) {
        outage.over();
        if (overlay == null) {
            return;
        }
        back();
        for (Work work : group) {
            boolean wentOut = out.remove(work);
            if (fenced.contains(work)) {
                lost(work, wentOut, "its owner lost the cluster");
            } else if (work instanceof Work.Commit commit) {
                written += wentOut ? 1 : 0;
                overlay.add(commit.transaction());
            }
        }
    }

    /** Work could not be written and will not be. */
    synchronized void failed(List<Work> group, String why) {
        group.forEach(work -> lost(work, out.remove(work), why));
    }

    private void lost(Work work, boolean wentOut, String why) {
        if (wentOut && work instanceof Work.Commit commit) {
            lost.merge(
                    commit.transaction().cluster(),
                    new Lost(1, why),
                    (before, one) -> new Lost(before.transactions + 1, before.why));
        }
    }

    /** The store works. */
    synchronized void back() {
        outage.over();
        if (phase == Phase.UNRECORDED) {
            phase = Phase.RECONCILING;
        }
    }

    /** Between two groups, on the writer's thread: ends the exception once all is written. */
    void settle() {
        if (phase != Phase.RECONCILING) {
            return;
        }
        synchronized (this) {
            if (phase == Phase.RECONCILING && queue.drained()) {
                // of what its owner could not bring in, an outcome may be "written" without a row that it stands in
                if (written > 0 || lost.isEmpty()) {
                    outage.reconciled(written, sent);
                }
                tellLost();
                phase = Phase.RECORDED;
                overlay = null;
                out.clear();
            }
        }
    }

    private void tellLost() {
        lost.forEach((cluster, one) -> outage.lost(cluster, one.transactions, one.why, overlay.sentOf(cluster)));
        lost.clear();
    }

    /** What is told instead of what the database holds; empty if that counts. */
    synchronized <T> Optional<T> overlaid(Function<Overlay, T> question) {
        return overlay == null ? Optional.empty() : Optional.ofNullable(question.apply(overlay));
    }

    /** What a receiver is due to be told, if the database is not to be asked. */
    Optional<List<Notification>> due(Function<MemoryOutbox, List<Notification>> question) {
        return overlaid(laid -> {
            List<Notification> due = question.apply(laid.outbox());
            return phase == Phase.UNRECORDED
                    ? due.stream().map(Notification::asDegraded).toList()
                    : due;
        });
    }

    /**
     * Whether something waits for a receiver that goes out unrecorded: only this process knows of it, so it tells the
     * receiver itself, whoever tells it otherwise.
     */
    boolean owes(String receiver) {
        return phase == Phase.UNRECORDED
                && overlaid(laid -> laid.outbox().backlog(receiver) > 0).orElse(false);
    }

    /** What is written of a notification that went out before: it must not go out again. */
    Notification standing(Notification notification) {
        return phase == Phase.RECORDED
                ? notification
                : overlaid(laid -> laid.outbox().standing(notification)).orElse(notification);
    }

    /** Whether what is due was not read from the database. */
    boolean apart() {
        return phase != Phase.RECORDED;
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (overlay != null) {
            tellLost();
        }
    }
}
