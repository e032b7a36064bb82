package io.tocsin.notify;

import io.tocsin.notify.ReceiverSettings.Rate;
import java.time.Instant;

/** Whether a receiver may be told something now: its rate, the time it asked to be left alone, its circuit breaker. */
final class Gate {
    private final TokenBucket bucket;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private Instant heldUntil = Instant.MIN;

    Gate(Rate rate) {
        bucket = new TokenBucket(rate);
    }

    /** How many deliveries may go now. */
    int room(Instant now) {
        return now.isBefore(heldUntil) ? 0 : Math.min(bucket.room(now), breaker.room(now));
    }

    /** The earliest instant at which the next may go; now if it may. */
    Instant opensAt(Instant now) {
        Instant at = later(bucket.opensAt(now), breaker.opensAt(now));
        return later(at, heldUntil);
    }

    /** One goes. */
    void take(Instant now) {
        bucket.take(now);
        breaker.take();
    }

    /** Takes notice of an outcome; true if it just opened the circuit. */
    boolean answered(Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Skip || outcome instanceof Outcome.Unsent) {
            breaker.held();
            return false;
        }
        if (!(outcome instanceof Outcome.Retry retry)) {
            breaker.answered();
            return false;
        }
        if (retry.after().isPresent()) {
            heldUntil = later(heldUntil, now.plus(retry.after().get()));
            breaker.held();
            return false;
        }
        return breaker.failed(now);
    }

    /** Whether the circuit is open or half open. */
    boolean open() {
        return breaker.open();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
