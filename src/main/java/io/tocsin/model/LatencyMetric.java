package io.tocsin.model;

/**
 * One figure of the latency distribution of an operation.
 *
 * @param head what every message carries
 * @param operation the operation, such as {@code persistence_write}
 * @param latencyMs the latency, milliseconds
 * @param percentile which figure of the distribution it is
 * @param sampleCount how many samples it stands on; null if unknown
 */
public record LatencyMetric(Head head, String operation, double latencyMs, Percentile percentile, Long sampleCount)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "latency";

    public LatencyMetric {
        head = head.keyed(TYPE, operation, percentile.wire());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public LatencyMetric with(Head head) {
        return new LatencyMetric(head, operation, latencyMs, percentile, sampleCount);
    }

    @Override
    public String subject() {
        return node() + "/" + operation;
    }

    @Override
    public String metric() {
        return percentile.metric();
    }

    @Override
    public double figure() {
        return latencyMs;
    }
}
