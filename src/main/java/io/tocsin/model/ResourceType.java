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
    NETWORK
}
