package io.tocsin.cli.bench.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Waits {
    private static final int LOOK_MS = 20;

    private Waits() {}

    /** Until something is so; {@code what} says it if it never is. */
    static void until(String what, Duration most, BooleanSupplier so) {
        if (!within(most, so)) {
            throw new ClusterFault("waited " + most.toSeconds() + " s in vain until " + what);
        }
    }

    /** Whether something is so within a time. */
    static boolean within(Duration most, BooleanSupplier so) {
        long end = System.nanoTime() + most.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MS));
        }
        return true;
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException ended) {
            throw interrupted();
        }
    }

    static ClusterFault interrupted() {
        Thread.currentThread().interrupt();
        return new ClusterFault("interrupted");
    }
}
