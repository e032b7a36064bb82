package io.tocsin.evaluate;

import java.util.concurrent.atomic.AtomicInteger;

/** How many series all sessions of this process may hold together. */
public final class SeriesLimit {
    private final SeriesLimit whole;
    private final int most;
    private final AtomicInteger held = new AtomicInteger();
    private boolean over;

    /** At most so many. */
    public SeriesLimit(int most) {
        this(null, most);
    }

    private SeriesLimit(SeriesLimit whole, int most) {
        this.whole = whole;
        this.most = most;
    }

    /** The same limit for some of the sessions, whose series can be given back all at once. */
    public SeriesLimit part() {
        return new SeriesLimit(this, most);
    }

    /** Gives back, for good, what a {@link #part} holds, as nobody else can. Any thread may do so. */
    public synchronized void giveUp() {
        over = true;
        whole.give(held.get());
    }

    synchronized boolean take() {
        if (whole != null && !over && !whole.take()) {
            return false;
        }
        if (held.incrementAndGet() <= most) {
            return true;
        }
        held.decrementAndGet();
        return false;
    }

    synchronized void give(int series) {
        held.addAndGet(-series);
        if (whole != null && !over) {
            whole.give(series);
        }
    }

    /** How many series are held. */
    public int held() {
        return held.get();
    }
}
