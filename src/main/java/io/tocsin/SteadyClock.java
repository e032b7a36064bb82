package io.tocsin;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The wall clock in whole milliseconds, which never goes backward: deadlines are worked out from it. Where the wall jumps
 * forward it follows. Where the wall is set back by up to a second, it stands still until the wall is there again; where
 * it is set back by more, it goes on by the time that passes, until the wall has caught up. For any number of threads.
 */
final class SteadyClock extends Clock {
    private static final long STANDS_STILL_MILLIS = 1000;
    private static final long NANOS = 1_000_000;

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;

    /** What it showed when it last went with the wall, and the nanoseconds of that moment. */
    private long anchor;

    private long anchorNanos;
    private long last;
    private boolean alone;

    /** By the clocks of this machine. */
    SteadyClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param wallMillis the wall clock, milliseconds since 1970; may jump
     * @param nanos nanoseconds since any moment; never goes backward
     */
    SteadyClock(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.anchor = wallMillis.getAsLong();
        this.anchorNanos = nanos.getAsLong();
        this.last = anchor;
    }

    @Override
    public synchronized long millis() {
        long wall = wallMillis.getAsLong();
        long now = nanos.getAsLong();
        long passed = anchor + (now - anchorNanos) / NANOS;
        alone = wall < passed - (alone ? 0 : STANDS_STILL_MILLIS);
        last = Math.max(last, alone ? passed : wall);
        if (!alone) {
            anchor = last;
            anchorNanos = now;
        }
        return last;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** None but UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return this;
        }
        throw new UnsupportedOperationException("it tells instants, in UTC; found zone " + zone);
    }
}
