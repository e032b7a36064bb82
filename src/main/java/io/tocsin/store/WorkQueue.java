package io.tocsin.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What waits for the writer, in order and within bounds. */
final class WorkQueue {
    /** Commits that may wait; marks may be as many again. Tasks need no bound: whoever asks for one waits for it. */
    static final int CAPACITY = 10_000;

    /** From here on nothing more should be taken in: the rest is for what is decided anyway, such as escalations. */
    private static final int FULL = CAPACITY / 5 * 4;

    private static final int FULL_ROWS = 200_000;
    private static final int GROUP = 1000;
    private static final int GROUP_ROWS = 50_000;

    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final Gaps gaps = new Gaps();
    private int commits;
    private int marks;
    private int rows;
    private boolean closed;

    /** Takes work; returns why not, or null. */
    synchronized String offer(Work work) {
        if (closed) {
            return "the store is closed";
        }
        boolean commit = work instanceof Work.Commit;
        boolean mark = work instanceof Work.Mark;
        if (gaps.before(work)) {
            return Gaps.reason(work);
        }
        if (commit && commits == CAPACITY || mark && marks == CAPACITY) {
            gaps.add(work);
            return "store queue is full";
        }
        commits += commit ? 1 : 0;
        marks += mark ? 1 : 0;
        rows += work.rows();
        if (work instanceof Work.Task<?> task && task.first()) {
            waiting.addFirst(work);
        } else {
            waiting.add(work);
        }
        notifyAll();
        return null;
    }

    /**
     * The next group, in order: one task, or as many commits and marks as wait. Empty when nothing came in the time
     * given, or when it is closed and nothing waits.
     */
    synchronized List<Work> next(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (waiting.isEmpty() && !closed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        List<Work> group = new ArrayList<>();
        int taken = 0;
        while (!waiting.isEmpty() && group.size() < GROUP && taken < GROUP_ROWS) {
            boolean task = waiting.peek() instanceof Work.Task;
            if (task && !group.isEmpty()) {
                break;
            }
            Work work = waiting.poll();
            taken += work.rows();
            group.add(work);
            if (task) {
                rows -= work.rows();
                break;
            }
        }
        return group;
    }

    /** Takes out the tasks that wait: they are tried once, and not while that is in vain. */
    synchronized List<Work.Task<?>> takeTasks() {
        List<Work.Task<?>> tasks = new ArrayList<>();
        waiting.removeIf(work -> work instanceof Work.Task<?> task && tasks.add(task));
        tasks.forEach(task -> rows -= task.rows());
        return tasks;
    }

    /** Whether all that was ever taken has been given out, but for tasks. */
    synchronized boolean drained() {
        return waiting.stream().allMatch(Work.Task.class::isInstance);
    }

    /** Whether so much waits that nothing more should be taken in. */
    synchronized boolean full() {
        return commits >= FULL || rows >= FULL_ROWS;
    }

    /** These are not stored: of their owners nothing more is taken. */
    synchronized void missing(List<Work> failed) {
        gaps.add(failed);
    }

    /** Makes room for others: called once work is answered, so that answers cannot pile up either. */
    synchronized void answered(List<Work> group) {
        for (Work work : group) {
            rows -= work.rows();
            commits -= work instanceof Work.Commit ? 1 : 0;
            marks -= work instanceof Work.Mark ? 1 : 0;
        }
    }

    synchronized int length() {
        return commits + marks;
    }

    /** Takes nothing more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Whether it is closed and nothing waits. */
    synchronized boolean over() {
        return closed && waiting.isEmpty();
    }
}
