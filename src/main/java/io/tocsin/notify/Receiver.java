package io.tocsin.notify;

import io.tocsin.model.Notification;
import io.vertx.core.Future;

/** Somebody who can be told: the edge between Tocsin and the world. Called on one event loop, never blocks. */
public interface Receiver {
    /**
     * Tries once. The same notification may come again after an unknown outcome, so it carries the same identity each
     * time. A failed future counts as {@link Outcome.Retry}.
     */
    Future<Outcome> deliver(Notification notification);

    /** How many alerts may be under way at once; never two notifications of one alert. */
    default int concurrency() {
        return 1;
    }

    /** Whether a delivery is worth a line in the log; false for the log itself. */
    default boolean logged() {
        return true;
    }

    /** Gives connections back. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
