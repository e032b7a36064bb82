package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;

/** Leaves a receiver alone that failed several times in a row, then tries it with one delivery. */
final class CircuitBreaker {
    static final int FAILURES = 5;
    static final Duration OPEN = Duration.ofSeconds(30);

    private int failures;
    private Instant openUntil;
    private boolean probing;

    /** How many deliveries may go now: none while open, one while half open, any number while closed. */
    int room(Instant now) {
        if (openUntil == null) {
            return Integer.MAX_VALUE;
        }
        return now.isBefore(openUntil) || probing ? 0 : 1;
    }

    /** When it lets the next one through; now unless open. */
    Instant opensAt(Instant now) {
        return openUntil != null && now.isBefore(openUntil) ? openUntil : now;
    }

    /** One goes. */
    void take() {
        probing = openUntil != null;
    }

    /** The receiver answered, whatever it said. */
    void answered() {
        failures = 0;
        openUntil = null;
        probing = false;
    }

    /** The receiver wants to be left alone for a while: neither a success nor a failure. */
    void held() {
        probing = false;
    }

    /** The receiver failed; true if that opened the circuit, which was closed before. */
    boolean failed(Instant now) {
        failures++;
        boolean wasClosed = openUntil == null;
        if (failures >= FAILURES) {
            openUntil = now.plus(OPEN);
            probing = false;
        }
        return wasClosed && openUntil != null;
    }

    /** Whether it is open or half open. */
    boolean open() {
        return openUntil != null;
    }

    /** How many failures in a row there were. */
    int failures() {
        return failures;
    }
}
