package io.tocsin.lane;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * One thread's time at a lane. It ends with the lane, or when another thread takes over from one that does not come back
 * from a rule. What was left to say by then, as it is committed, is said by whoever sees to the lanes.
 */
final class Shift {
    private final int lane;
    private final Pulse pulse;
    private volatile StuckRules stuck;
    private volatile Pulse.Work blamed;
    private final boolean first;
    private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
    private volatile Executor heir;

    /**
     * A shift.
     *
     * @param lane the number of the lane
     * @param pulse what its thread is at
     * @param stuck rules that are out of force from the start
     * @param first whether no other came before
     */
    Shift(int lane, Pulse pulse, StuckRules stuck, boolean first) {
        this.lane = lane;
        this.pulse = pulse;
        this.stuck = stuck;
        this.first = first;
    }

    int lane() {
        return lane;
    }

    Pulse pulse() {
        return pulse;
    }

    StuckRules stuck() {
        return stuck;
    }

    /** Notes rules that keep a thread which is not relieved of them; once it has come back, it goes on without. */
    void blame(Pulse.Work work, Set<String> rules, String reason) {
        stuck = stuck.and(work.book(), work.about(), rules, reason);
        blamed = work;
    }

    /** Whether rules are to blame for how long a piece of work took. */
    boolean blamed(Pulse.Work work) {
        return work != null && blamed == work;
    }

    /** Whether no other thread had the lane before. */
    boolean first() {
        return first;
    }

    boolean relieved() {
        return pulse.relieved();
    }

    /** Does something on the lane's thread when its turn comes; elsewhere if that thread is relieved before. */
    void later(Context thread, Runnable task) {
        left.add(task);
        Executor other = heir;
        if (other != null) {
            other.execute(this::rest);
            return;
        }
        thread.runOnContext(any -> {
            if (heir == null) {
                next();
            }
        });
    }

    /** Takes the lane from a thread that is at something; returns false if it is no longer at it. */
    boolean relieve(Pulse.Work work, Executor by) {
        if (!pulse.relieve(work)) {
            return false;
        }
        heir = by;
        by.execute(this::rest);
        return true;
    }

    private boolean next() {
        Runnable task = left.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private void rest() {
        boolean more = true;
        while (more) {
            more = next();
        }
    }
}
