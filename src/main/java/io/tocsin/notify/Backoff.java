package io.tocsin.notify;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a failed attempt: about 1, 2, 4 … seconds, at most 5 minutes, the later half of it by chance, so
 * that many waiting ones do not come back together.
 *
 * @param random numbers from 0 to below 1
 */
record Backoff(DoubleSupplier random) {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofMinutes(5);

    /** The wait after this many failed attempts, from 1. */
    Duration after(int failures) {
        long full = Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis((long) (full * (0.5 + 0.5 * random.getAsDouble())));
    }

    /** The wait after this many failures in a row of our own store: 2, 4, 8 … seconds, at most 30. */
    static Duration ofStore(int failures) {
        return Duration.ofSeconds(Math.min(30, 1L << Math.min(failures, 6)));
    }
}
