package io.tocsin.model;

/** Which side of a limit is bad. */
public enum LimitType implements Wire {
    /** The limit is a floor: below it is bad. */
    MIN,
    /** The limit is a ceiling: above it is bad. */
    MAX
}
