package io.tocsin.it;

import io.tocsin.model.Text;
import java.time.Duration;

/** How long something lasts in tests: short, or as long as a flag says. */
final class Lasting {
    /** What a machine that does other things at the same time adds to a time that is measured. */
    static final Duration SLOW_MACHINE = Duration.ofSeconds(5);

    private Lasting() {}

    /** What {@code -Dkey=60s} says, or else a time that fits into every build. */
    static Duration of(String key, Duration usual) {
        String said = System.getProperty(key);
        return said == null ? usual : Text.duration(said);
    }

    /** What is left of a time that began at an instant. */
    static Duration left(Duration whole, long beganNanos) {
        Duration left = whole.minusNanos(System.nanoTime() - beganNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
