package io.tocsin.model;

/**
 * How many operations a node did in a window of time.
 *
 * @param head what every message carries
 * @param operation the operation, such as {@code event_emission}
 * @param count operations in the window; null if only the rate is known
 * @param durationMs length of the window, milliseconds; null if only the rate is known
 * @param ratePerSec operations a second
 */
public record ThroughputMetric(Head head, String operation, Long count, Double durationMs, double ratePerSec)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "throughput";

    public ThroughputMetric {
        head = head.keyed(TYPE, operation);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public ThroughputMetric with(Head head) {
        return new ThroughputMetric(head, operation, count, durationMs, ratePerSec);
    }

    @Override
    public String subject() {
        return node() + "/" + operation;
    }

    @Override
    public String metric() {
        return "throughput";
    }

    @Override
    public double figure() {
        return ratePerSec;
    }
}
