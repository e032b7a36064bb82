package io.tocsin.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this process shares the store with others, and how they learn that one of them has gone.
 *
 * @param me this process
 * @param every how often it shows that it lives and looks at the others; null if nobody shares the store: then all is this
 *     process', and nothing is written while nothing happens
 * @param settle how long another one's beat has to stand still before what it holds may be taken over
 * @param nanos a clock that never jumps, nanoseconds
 */
record Sharing(Holder me, Duration every, Duration settle, LongSupplier nanos) {
    static final Duration EVERY = Duration.ofMillis(250);
    static final Duration SETTLE = Duration.ofSeconds(1);

    /** Nobody else uses the store. */
    static Sharing alone(Holder me) {
        return new Sharing(me, null, SETTLE, System::nanoTime);
    }

    /** Others do. */
    static Sharing withOthers(Holder me) {
        return new Sharing(me, EVERY, SETTLE, System::nanoTime);
    }

    boolean alone() {
        return every == null;
    }
}
