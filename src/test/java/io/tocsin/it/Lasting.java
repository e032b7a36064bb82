package io.tocsin.it;

import static org.awaitility.Awaitility.await;

import io.tocsin.model.Text;
import java.time.Duration;

/** How long something lasts in tests: short, or as long as a flag says. */
final class Lasting {
    /** What a machine that does other things at the same time adds to a time that is measured. */
    static final Duration SLOW_MACHINE = Duration.ofSeconds(8);

    private Lasting() {}

    /** What {@code -Dkey=60s} says, or else a time that fits into every build. */
    static Duration of(String key, Duration usual) {
        String said = System.getProperty(key);
        return said == null ? usual : Text.duration(said);
    }

    /** Waits until something that began at an instant has lasted for so long. */
    static void until(long beganNanos, Duration lasts) {
        await().atMost(lasts.plusSeconds(1)).until(() -> System.nanoTime() - beganNanos >= lasts.toNanos());
    }
}
