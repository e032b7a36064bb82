package io.tocsin.model;

/** Which figure of a latency distribution a reading holds. */
public enum Percentile implements Wire {
    /** Half of the samples are at or below it. */
    P50,
    /** 95 % are. */
    P95,
    /** 99 % are. */
    P99,
    /** The largest sample. */
    MAX,
    /** The smallest sample. */
    MIN,
    /** The arithmetic mean. */
    AVG;

    // asked for with every reading, so worked out once
    private final String wire = Wire.super.wire();
    private final String metric = "latency_" + wire;

    @Override
    public String wire() {
        return wire;
    }

    /** The name of a latency's figure in trends and tables of limits, such as {@code latency_p95}. */
    String metric() {
        return metric;
    }
}
