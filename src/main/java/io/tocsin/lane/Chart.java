package io.tocsin.lane;

import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Reading;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Standing;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The figures of one series over the last hour, a slot for each sample, and the limits that rules drew for it. */
final class Chart {
    /** Limits of as many rules are kept. */
    private static final int MOST_LIMITS = 8;

    private final Map<String, JsonObject> limits = new TreeMap<>();
    private final double[] figures;
    private final String place;
    private Reading latest;
    private long sampled;

    Chart(Reading first, int slots) {
        this.latest = first;
        this.place = place(first.key());
        this.figures = new double[slots];
        Arrays.fill(figures, Double.NaN);
    }

    /** A short name of the series, by which pages of them are ordered: its key may be too long for an address. */
    String place() {
        return place;
    }

    private static String place(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xff51afd7ed558ccdL;
        return HexFormat.of().toHexDigits(hash ^ (hash >>> 29));
    }

    /** Whether a reading has a figure that can be drawn. */
    static boolean draws(Reading reading) {
        return Double.isFinite(reading.figure());
    }

    /** Sets a slot to the newest reading; to nothing if there is no new one. */
    void sample(Reading newest, long sample, boolean first) {
        boolean news = first || newest != null && newest.receivedAt().isAfter(latest.receivedAt());
        figures[(int) (sample % figures.length)] = news ? newest.figure() : Double.NaN;
        if (news) {
            latest = newest;
            sampled = sample;
        }
    }

    /** Whether no slot has a figure any more. */
    boolean isEmpty(long sample) {
        return sample - sampled >= figures.length;
    }

    Reading latest() {
        return latest;
    }

    void limit(Standing standing) {
        if (limits.size() < MOST_LIMITS || limits.containsKey(standing.rule().name())) {
            limits.put(
                    standing.rule().name(),
                    new JsonObject()
                            .put("rule", standing.rule().name())
                            .put("limit", standing.finding().limit())
                            .put("limit_type", wire(standing.finding().limitType()))
                            .put("severity", wire(standing.finding().severity())));
        }
    }

    private static String wire(Wire word) {
        return word == null ? null : word.wire();
    }

    void forgetLimits() {
        limits.clear();
    }

    /** A copy that no later sample changes. */
    Drawn drawn() {
        return new Drawn(latest, figures.clone(), limits.values().toArray(JsonObject[]::new));
    }

    /** What a chart showed once. */
    record Drawn(Reading latest, double[] figures, JsonObject[] limits) {
        /** With the instants of the samples by slot, milliseconds since 1970, from the oldest sample that is wanted on. */
        JsonObject json(long[] times, long oldest, long sample) {
            JsonArray points = new JsonArray();
            for (long one = Math.max(0, sample - figures.length + 1); one <= sample; one++) {
                int slot = (int) (one % figures.length);
                if (!Double.isNaN(figures[slot]) && times[slot] >= oldest) {
                    points.add(new JsonArray().add(times[slot]).add(figures[slot]));
                }
            }
            JsonArray drawn = new JsonArray();
            Arrays.stream(limits).forEach(drawn::add);
            return new JsonObject()
                    .put("type", latest.type())
                    .put("node", latest.node())
                    .put("key", key(latest))
                    .put("labels", new TreeMap<String, Object>(latest.labels()))
                    .put("unit", unit(latest))
                    .put("points", points)
                    .put("limits", drawn);
        }
    }

    private static JsonObject key(Reading reading) {
        JsonObject key = new JsonObject();
        if (reading instanceof ResourceUsage one) {
            key.put("resource_type", one.resourceType().wire());
        } else if (reading instanceof LatencyMetric one) {
            key.put("operation", one.operation())
                    .put("percentile", one.percentile().wire());
        } else if (reading instanceof ThroughputMetric one) {
            key.put("operation", one.operation());
        } else if (reading instanceof HealthCheck one) {
            key.put("check_name", one.checkName());
        } else if (reading instanceof Metric one) {
            key.put("name", one.name());
        } else if (reading instanceof MetricAlert one) {
            key.put("metric_name", one.metricName());
        }
        return key;
    }

    private static String unit(Reading reading) {
        if (reading instanceof ResourceUsage) {
            return "%";
        }
        if (reading instanceof ThroughputMetric) {
            return "1/s";
        }
        return reading instanceof LatencyMetric || reading instanceof HealthCheck ? "ms" : null;
    }
}
