package io.tocsin.model;

import java.util.Map;

/**
 * Outcome of one health check of one node.
 *
 * @param head what every message carries
 * @param checkName the check, such as {@code persistence_check}
 * @param result how it ended
 * @param durationMs how long it took, milliseconds; null if unknown
 * @param details free form
 * @param error what went wrong; null if nothing did
 */
public record HealthCheck(
        Head head, String checkName, CheckResult result, Double durationMs, Map<String, Object> details, String error)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "health_check";

    public HealthCheck {
        details = details == null ? Map.of() : Values.copy(details);
        head = head.keyed(TYPE, checkName);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public HealthCheck with(Head head) {
        return new HealthCheck(head, checkName, result, durationMs, details, error);
    }

    @Override
    public String subject() {
        return node() + "/" + checkName;
    }

    @Override
    public String metric() {
        return "check_duration";
    }

    @Override
    public double figure() {
        return durationMs == null ? Double.NaN : durationMs;
    }
}
