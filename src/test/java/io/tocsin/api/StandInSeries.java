package io.tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** An hour of readings of the made-up clusters: steady but for the node that fails. */
final class StandInSeries {
    private static final int POINTS = 240;
    private static final int STEP_MS = 15_000;

    private final Instant now;
    private final JsonArray all = new JsonArray();

    StandInSeries(Instant now) {
        this.now = now;
    }

    JsonObject answer(RoutingContext ctx) {
        String cluster = ctx.request().getParam("cluster");
        String node = ctx.request().getParam("node");
        List<String> nodes = node != null ? List.of(node) : List.of("n1", "n2", "n3", "n4");
        if ("orders".equals(cluster) || "search".equals(cluster)) {
            nodes.forEach(this::of);
        }
        return new JsonObject().put("series", all).putNull("next_cursor");
    }

    private void of(String node) {
        boolean bad = node.equals("n3");
        boolean busy = node.equals("n1");
        series("resource_usage", node, "memory", "percent", bad ? 71 : 58, 1.2, bad ? 25 : 1);
        limit(StandInStory.MEMORY_RULE, 95);
        series("resource_usage", node, "cpu", "percent", busy ? 93 : 34, 4, busy ? 5 : 2);
        limit("cpu is at 95 percent or more", 95);
        series("resource_usage", node, "disk", "percent", 61, 0.1, 3);
        series("resource_usage", node, "network", "percent", 22, 5, 0);
        for (String operation : List.of("append", "read")) {
            for (String percentile : List.of("p50", "p95", "p99")) {
                double base = percentile.equals("p50") ? 8 : percentile.equals("p95") ? 42 : 120;
                series(
                        "latency",
                        node,
                        operation,
                        "ms",
                        base,
                        base / 9,
                        bad && operation.equals("append") ? base * 5.8 : 2);
                last().getJsonObject("key").put("percentile", percentile);
                if (operation.equals("append") && percentile.equals("p99")) {
                    limit("latency is above 500 ms", 500);
                }
            }
            series(
                    "throughput",
                    node,
                    operation,
                    "per second",
                    operation.equals("read") ? 2400 : 620,
                    60,
                    bad ? -380 : 10);
        }
    }

    private JsonObject last() {
        return all.getJsonObject(all.size() - 1);
    }

    private void limit(String rule, double limit) {
        last().put(
                        "limits",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("rule", rule)
                                        .put("limit", limit)
                                        .put("limit_type", "max")
                                        .put("severity", "critical")));
    }

    /** A line that wanders around a base and, in its last third, goes away by a rise. */
    private void series(String type, String node, String name, String unit, double base, double noise, double rise) {
        Random random = new Random((type + node + name).hashCode());
        JsonArray points = new JsonArray();
        double drift = 0;
        for (int i = 0; i < POINTS; i++) {
            drift = drift * 0.9 + random.nextGaussian() * noise * 0.4;
            double part = Math.max(0, (i - POINTS * 0.62) / (POINTS * 0.38));
            double value = Math.max(0, base + drift + rise * Math.min(1, part * 1.3));
            points.add(new JsonArray()
                    .add(now.toEpochMilli() - (long) (POINTS - 1 - i) * STEP_MS)
                    .add(Math.round(value * 10) / 10.0));
        }
        String key = type.equals("resource_usage") ? "resource_type" : "operation";
        all.add(new JsonObject()
                .put("type", type)
                .put("node", node)
                .put("key", new JsonObject().put(key, name))
                .put("labels", new JsonObject())
                .put("unit", unit)
                .put("points", points)
                .put("limits", new JsonArray()));
    }
}
