package io.tocsin.model;

import java.time.Duration;
import java.util.List;

/**
 * A standing order of a rule for the next level of an alert: if it still stands {@code after} the present level was
 * reached, tell {@code to}. The lifecycle keeps the deadline.
 *
 * @param alertId the alert
 * @param level the level it leads to; only an order for the present level + 1 counts
 * @param after how long after the present level was reached, not negative
 * @param to receivers or addresses that hear of it; an address without a receiver is shown and published
 * @param reason one line for people
 */
public record Escalation(String alertId, int level, Duration after, List<String> to, String reason) {
    public Escalation {
        to = List.copyOf(to);
        if (after.isNegative()) {
            throw new IllegalArgumentException("escalation after must not be negative: " + after);
        }
    }
}
