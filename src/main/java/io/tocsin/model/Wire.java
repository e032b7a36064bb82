package io.tocsin.model;

import java.util.Locale;

/** A constant that has one spelling in JSON, on the bus and on the command line: its name in lower case. */
public interface Wire {
    /** The constant's Java name; enums have it already. */
    String name();

    /** The spelling outside Java, such as {@code p95} or {@code node_failure}. */
    default String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
