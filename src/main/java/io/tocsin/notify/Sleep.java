package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;

/** The time until somebody looks again: one timer, the latest order counts. */
final class Sleep {
    /** A look at least this often, should a wake-up have been lost. */
    static final Duration SOON = Duration.ofSeconds(1);

    static final Duration MOST = Duration.ofMinutes(1);

    private final Timers timers;
    private final Runnable wake;
    private Runnable cancel = () -> {};

    Sleep(Timers timers, Runnable wake) {
        this.timers = timers;
        this.wake = wake;
    }

    /** Wakes at an instant, or after {@link #MOST}; an instant that has come wakes nobody, as the end of what is under way does. */
    void until(Instant wakeAt, Instant now) {
        cancel();
        Duration wait = Duration.between(now, wakeAt);
        if (wait.isNegative() || wait.isZero()) {
            return;
        }
        cancel = timers.after(wait.compareTo(MOST) > 0 ? MOST : wait, wake);
    }

    void cancel() {
        cancel.run();
        cancel = () -> {};
    }
}
