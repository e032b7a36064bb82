package io.tocsin.cli.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A reading of one cluster every few milliseconds, and when each was evaluated. */
final class Flow implements AutoCloseable {
    private static final int EVERY_MS = 10;

    private final Vertx vertx;
    private final Doors doors;
    private final List<Member> to;
    private final Buffer reading;
    private final List<Long> evaluated = new ArrayList<>();
    private final long timer;
    private int turn;

    /** Begins at once; goes to these members in turn. */
    Flow(Vertx vertx, Doors doors, List<Member> to, String cluster) {
        this.vertx = vertx;
        this.doors = doors;
        this.to = to;
        this.reading = Readings.component(cluster, "flow", Policy.component(0), "healthy")
                .toBuffer();
        timer = vertx.setPeriodic(EVERY_MS, any -> next());
    }

    private void next() {
        doors.post(to.get(turn++ % to.size()), reading).onSuccess(accepted -> {
            if (accepted) {
                note(System.nanoTime());
            }
        });
    }

    private synchronized void note(long at) {
        evaluated.add(at);
    }

    /** The longest time in which none was evaluated, milliseconds. */
    synchronized double longestGap(long from, long until) {
        long last = from;
        long longest = 0;
        for (long at : evaluated) {
            if (at >= from && at <= until) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Math.max(longest, until - last) / 1e6;
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
