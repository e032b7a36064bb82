package io.tocsin.notify;

import io.tocsin.notify.ReceiverSettings.Rate;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps deliveries within a rate. Refilled evenly; a burst may take a tenth of what the rate allows in its period, so that
 * burst and refill together stay close to the rate in any one period.
 */
final class TokenBucket {
    private final double capacity;
    private final double perMilli;
    private double tokens;
    private Instant filledAt;

    TokenBucket(Rate rate) {
        capacity = Math.max(1, rate.deliveries() / 10);
        perMilli = (double) rate.deliveries() / rate.per().toMillis();
        tokens = capacity;
    }

    /** How many deliveries may go now. */
    int room(Instant now) {
        fill(now);
        return (int) (tokens + 1e-9);
    }

    /** When the next delivery may go; now if there is room. */
    Instant opensAt(Instant now) {
        return room(now) > 0 ? now : now.plusMillis((long) Math.ceil((1 - tokens) / perMilli));
    }

    /** One goes. */
    void take(Instant now) {
        fill(now);
        tokens--;
    }

    private void fill(Instant now) {
        if (filledAt == null || now.isBefore(filledAt)) {
            filledAt = now; // the clock was set back: nothing is refilled for that step
        }
        tokens = Math.min(capacity, tokens + Duration.between(filledAt, now).toMillis() * perMilli);
        filledAt = now;
    }
}
