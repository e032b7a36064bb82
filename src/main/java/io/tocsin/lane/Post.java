package io.tocsin.lane;

import io.tocsin.evaluate.SeriesLimit;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One lane as it is kept manned: who has it now, who had it and has not come back. */
final class Post {
    final int lane;
    final Overdue overdue;
    final Promise<Void> begun = Promise.promise();
    volatile Shift shift;
    LaneVerticle verticle;
    String deployment;
    SeriesLimit limit;
    volatile WorkerExecutor thread;

    private final List<Gone> gone = new CopyOnWriteArrayList<>();

    private record Gone(Shift shift, WorkerExecutor thread) {}

    private final Deque<Long> replacedAt = new ArrayDeque<>();
    private int replaced;
    private volatile Pulse.Work kept;
    private volatile String keptBy;

    Post(int lane, Duration limit) {
        this.lane = lane;
        this.overdue = new Overdue(limit);
    }

    /** The pool of its thread: another one for each, as the one before may still have a thread that does not come back. */
    String pool() {
        return "lane-" + lane + (replaced == 0 ? "" : "-" + replaced);
    }

    int replacedWithin(Duration time, long ticks) {
        replacedAt.removeIf(at -> ticks - at > time.toNanos());
        return replacedAt.size();
    }

    void replaced(Shift before, long ticks) {
        gone.add(new Gone(before, thread));
        replacedAt.add(ticks);
        replaced++;
    }

    /** Ends the threads that have come back. */
    void letGo() {
        for (Gone one : gone) {
            if (one.shift.pulse().back()) {
                gone.remove(one);
                one.thread.close();
            }
        }
    }

    /** Notes that its thread is not replaced any more; returns whether that is news. */
    boolean giveUp(Pulse.Work work, String rules) {
        boolean news = kept != work;
        keptBy = rules;
        kept = work;
        return news;
    }

    /** What keeps the thread that is not replaced, if it has not come back after all. */
    Optional<String> trouble() {
        Shift now = shift;
        return kept == null || now == null || now.pulse().now() != kept
                ? Optional.empty()
                : Optional.of("lane " + lane + " is stuck in " + keptBy);
    }

    /** How many of its threads have not come back. */
    long lost() {
        long lost = gone.stream().filter(one -> !one.shift.pulse().back()).count();
        return trouble().isPresent() ? lost + 1 : lost;
    }
}
