package io.tocsin.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What waits for the writer, in order and within bounds. */
final class WorkQueue {
    /** Commits that may wait; marks may be as many again. Tasks need no bound: whoever asks for one waits for it. */
    static final int CAPACITY = 10_000;

    private static final int GROUP = 1000;
    private static final int GROUP_ROWS = 50_000;

    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final Gaps gaps = new Gaps();
    private int commits;
    private int marks;
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
        waiting.add(work);
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
        int rows = 0;
        while (!waiting.isEmpty() && group.size() < GROUP && rows < GROUP_ROWS) {
            boolean task = waiting.peek() instanceof Work.Task;
            if (task && !group.isEmpty()) {
                break;
            }
            Work work = waiting.poll();
            rows += work.rows();
            group.add(work);
            if (task) {
                break;
            }
        }
        return group;
    }

    /** These are not stored: of their owners nothing more is taken. */
    synchronized void missing(List<Work> failed) {
        gaps.add(failed);
    }

    /** Makes room for others: called once work is answered, so that answers cannot pile up either. */
    synchronized void answered(List<Work> group) {
        for (Work work : group) {
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
