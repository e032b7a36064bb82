package io.tocsin.model;

/** A resource of a node. */
public enum ResourceType implements Wire {
    /** Processor time, per cent of all cores. */
    CPU,
    /** Main memory, bytes. */
    MEMORY,
    /** One file system, bytes; which one is in the labels. */
    DISK,
    /** One interface, per cent of its speed; which one is in the labels. */
    NETWORK;

    // asked for with every reading, so worked out once
    private final String wire = Wire.super.wire();
    private final String metric = wire + "_usage";

    @Override
    public String wire() {
        return wire;
    }

    /** The name of a usage in trends and tables of limits, such as {@code memory_usage}. */
    String metric() {
        return metric;
    }
}
