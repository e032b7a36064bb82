package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleSession;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What a thread is at, for others to see: which piece of work, since when. Somebody who relieves it wins only while it is
 * still at that piece, and it begins none after that. So what one thread does and what its successor does never overlap,
 * but for the rest of that one piece.
 */
public final class Pulse {
    private static final Work RELIEVED = new Work("", null, null, 0);

    private final LongSupplier ticker;
    private final AtomicReference<Work> now = new AtomicReference<>();
    private volatile boolean back;

    /** With what counts nanoseconds. */
    public Pulse(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** One piece of work. */
    public static final class Work {
        private final String about;
        private final RuleBook book;
        private final Thread thread;
        private final long since;
        private volatile RuleSession session;

        private Work(String about, RuleBook book, Thread thread, long since) {
            this.about = about;
            this.book = book;
            this.thread = thread;
            this.since = since;
        }

        /** What it is about, such as the name of a monitored cluster. */
        public String about() {
            return about;
        }

        RuleBook book() {
            return book;
        }

        StackTraceElement[] stack() {
            return thread.getStackTrace();
        }

        long nanos(long ticks) {
            return ticks - since;
        }

        /** The rule that is evaluated or fired; null if facts go in, or if nobody knows. */
        String rule(StackTraceElement[] stack) {
            RuleSession fired = session;
            return fired == null ? null : fired.at(stack);
        }
    }

    /** A thread goes on with something that another one has taken over. */
    static final class RelievedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        RelievedException() {
            super("another thread has taken this over");
        }
    }

    /**
     * The thread that calls begins something. Part of a piece of work is no piece of its own.
     *
     * @return what to {@link #end}; null if it is a part of what the thread is at
     * @throws IllegalStateException if it was relieved
     */
    public Work begin(String about, RuleBook book) {
        Work before = now.get();
        if (before != null && before != RELIEVED) {
            return null;
        }
        Work work = new Work(about, book, Thread.currentThread(), ticker.getAsLong());
        if (!now.compareAndSet(null, work)) {
            throw new RelievedException();
        }
        return work;
    }

    /** The session that the present work is done in. */
    public void in(RuleSession session) {
        Work work = now.get();
        if (work != RELIEVED && work != null) {
            work.session = session;
        }
    }

    /** The thread is done with what it began; nothing if that is null. */
    public void end(Work work) {
        if (work != null && !now.compareAndSet(work, null)) {
            back = true;
        }
    }

    /** What is done at present; null if nothing, or if nobody is to wait for it any longer. */
    public Work now() {
        Work work = now.get();
        return work == RELIEVED ? null : work;
    }

    long ticks() {
        return ticker.getAsLong();
    }

    /** Takes over from a thread that is at something; returns false if it is no longer at it. */
    public boolean relieve(Work work) {
        return now.compareAndSet(work, RELIEVED);
    }

    /** Whether another thread has taken over. */
    public boolean relieved() {
        return now.get() == RELIEVED;
    }

    /** Whether a thread that was relieved has come back from what it was at. */
    boolean back() {
        return back;
    }
}
