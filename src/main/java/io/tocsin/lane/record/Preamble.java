package io.tocsin.lane.record;

import io.tocsin.model.Topology;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stands at the head of each file of a recording: what a watch needs to know beside its rules.
 *
 * @param recording when the recording began; the files of one recording have the same
 * @param number the place of the file in the recording, from 1
 * @param ruleHash the rules at that time
 * @param defaultTtl {@code telemetry.default_ttl}
 * @param staleAfter {@code rules.stale_after}
 * @param maxSeries {@code telemetry.max_series}
 * @param receivers the receivers that config defined
 * @param topologies what config said, by monitored cluster
 */
public record Preamble(
        Instant recording,
        int number,
        String ruleHash,
        Duration defaultTtl,
        Duration staleAfter,
        int maxSeries,
        Set<String> receivers,
        Map<String, Topology> topologies) {
    public Preamble {
        receivers = Set.copyOf(receivers);
        topologies = Map.copyOf(topologies);
    }

    Preamble next() {
        return new Preamble(recording, number + 1, ruleHash, defaultTtl, staleAfter, maxSeries, receivers, topologies);
    }

    String write() {
        JsonArray clusters = new JsonArray();
        topologies
                .values()
                .forEach(one -> clusters.add(new JsonObject()
                        .put("cluster", one.cluster())
                        .put("nodes", one.nodes())
                        .put("quorum", one.quorum())));
        return new JsonObject()
                .put("recording", recording.toString())
                .put("number", number)
                .put("rule_hash", ruleHash)
                .put("default_ttl_ms", defaultTtl.toMillis())
                .put("stale_after_ms", staleAfter.toMillis())
                .put("max_series", maxSeries)
                .put("receivers", new ArrayList<>(new TreeSet<>(receivers)))
                .put("clusters", clusters)
                .encode();
    }

    static Preamble read(String text) {
        JsonObject json = new JsonObject(text);
        Map<String, Topology> topologies = new LinkedHashMap<>();
        for (Object one : json.getJsonArray("clusters")) {
            JsonObject cluster = (JsonObject) one;
            topologies.put(
                    cluster.getString("cluster"),
                    new Topology(
                            cluster.getString("cluster"),
                            names(cluster.getJsonArray("nodes")),
                            cluster.getInteger("quorum")));
        }
        return new Preamble(
                Instant.parse(json.getString("recording")),
                json.getInteger("number"),
                json.getString("rule_hash"),
                Duration.ofMillis(json.getLong("default_ttl_ms")),
                Duration.ofMillis(json.getLong("stale_after_ms")),
                json.getInteger("max_series"),
                Set.copyOf(names(json.getJsonArray("receivers"))),
                topologies);
    }

    private static List<String> names(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}
