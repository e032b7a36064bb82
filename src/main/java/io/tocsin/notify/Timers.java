package io.tocsin.notify;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Something that calls back later, so that tests can let time pass. */
@FunctionalInterface
interface Timers {
    /** Runs the action once, on any thread, after the delay; what is returned cancels it. */
    Runnable after(Duration delay, Runnable action);

    /** Real timers. */
    static Timers of(Vertx vertx) {
        return (delay, action) -> {
            long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
            return () -> vertx.cancelTimer(id);
        };
    }
}
