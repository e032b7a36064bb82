package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.BenchRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;

/** What a bench sends. */
final class Readings {
    private Readings() {}

    /** How a component of a node does. */
    static JsonObject component(String cluster, String node, String component, String status) {
        return new JsonObject()
                .put("type", "component_health")
                .put("cluster", cluster)
                .put("node", node)
                .put("component", component)
                .put("status", status)
                .put("ttl", "1h");
    }

    /** Readings of so many nodes, each of {@link BenchRules#COUNT} metrics, none above its limit. */
    static Buffer figures(String cluster, int nodes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        JsonArray batch = new JsonArray();
        for (int node = 0; node < nodes; node++) {
            for (int metric = 0; metric < BenchRules.COUNT; metric++) {
                double value = BenchRules.limit(metric) * (0.5 + random.nextDouble() / 2);
                batch.add(new JsonObject()
                        .put("type", "metric")
                        .put("cluster", cluster)
                        .put("node", String.format("node-%05d", node))
                        .put("name", BenchRules.METRICS.get(metric))
                        .put("value", Math.floor(value * 100) / 100));
            }
        }
        return batch.toBuffer();
    }
}
