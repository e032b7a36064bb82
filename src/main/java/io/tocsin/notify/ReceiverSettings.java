package io.tocsin.notify;

import java.time.Duration;

/** One entry of {@code receivers}: where notifications go. Each kind has a record of its own. */
public interface ReceiverSettings {
    /** The name that rules route to. */
    String name();

    /** The kind, such as {@code slack}. */
    String type();

    /** The most deliveries in the given time; what is more waits. */
    Rate rate();

    /** So many deliveries in so long, refilled evenly. */
    record Rate(int deliveries, Duration per) {}
}
