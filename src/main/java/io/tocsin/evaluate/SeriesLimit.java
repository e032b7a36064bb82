package io.tocsin.evaluate;

import java.util.concurrent.atomic.AtomicInteger;

/** How many series all sessions of this process may hold together. */
public final class SeriesLimit {
    private final int most;
    private final AtomicInteger held = new AtomicInteger();

    /** At most so many. */
    public SeriesLimit(int most) {
        this.most = most;
    }

    boolean take() {
        if (held.incrementAndGet() <= most) {
            return true;
        }
        held.decrementAndGet();
        return false;
    }

    void give(int series) {
        held.addAndGet(-series);
    }

    /** How many series are held. */
    public int held() {
        return held.get();
    }
}
