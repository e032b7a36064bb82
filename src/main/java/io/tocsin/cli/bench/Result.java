package io.tocsin.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement.
 *
 * @param name its name, fixed, as programs look for it
 * @param what what was measured, in words
 * @param figures what came out, by the name that the JSON form gives it
 */
record Result(String name, String what, Map<String, Double> figures) {
    /** Readings a second. */
    static final String PER_SEC = "per_sec";

    /** How many times as long a reading takes as in the plain loop. */
    static final String TIMES_PLAIN = "times_plain";

    /** How many times as long a reading takes as in the rule engine alone. */
    static final String TIMES_DROOLS = "times_drools";

    Result(String name, String what) {
        this(name, what, new LinkedHashMap<>());
    }

    Result with(String figure, double value) {
        figures.put(figure, value);
        return this;
    }

    /** NaN if there is no such figure. */
    double figure(String figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }
}
