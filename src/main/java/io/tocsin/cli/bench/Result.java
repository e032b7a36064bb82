package io.tocsin.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement.
 *
 * @param name its name, fixed, as programs look for it
 * @param what what was measured, in words
 * @param figures what came out, by the name that the JSON form gives it
 */
public record Result(String name, String what, Map<String, Double> figures) {
    /** Readings a second. */
    public static final String PER_SEC = "per_sec";

    /** How many times as long a reading takes as in the plain loop. */
    static final String TIMES_PLAIN = "times_plain";

    /** How many times as long a reading takes as in the rule engine alone. */
    static final String TIMES_DROOLS = "times_drools";

    /** Without figures yet. */
    public Result(String name, String what) {
        this(name, what, new LinkedHashMap<>());
    }

    /** One more figure. */
    public Result with(String figure, double value) {
        figures.put(figure, value);
        return this;
    }

    /** NaN if there is no such figure. */
    public double figure(String figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    /** The form for programs. */
    public JsonObject json() {
        JsonObject row = new JsonObject().put("name", name);
        figures.forEach((figure, value) -> row.put(figure, rounded(value)));
        return row.put("what", what);
    }

    static Number rounded(double value) {
        double rounded = Math.abs(value) >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded) ? (Number) (long) rounded : (Number) rounded;
    }
}
