package io.tocsin.model;

/**
 * One raw duration of an operation; the cluster's owner makes throughput and latency of them.
 *
 * @param head what every message carries
 * @param operation the operation
 * @param durationMs how long it took, milliseconds, not negative
 */
public record Timing(Head head, String operation, double durationMs) implements Event {
    /** Its name on the wire. */
    public static final String TYPE = "timing";

    public Timing {}

    @Override
    public String type() {
        return TYPE;
    }
}
