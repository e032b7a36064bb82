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
    AVG
}
