package io.tocsin.lane;

import io.tocsin.bus.TelemetryJson;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import io.tocsin.model.Reading;
import io.tocsin.model.RuleInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** Answers what the API asks of a lane's watches. */
final class Queries {
    private static final int MOST_READINGS = 10_000;

    private Queries() {}

    static JsonObject answer(JsonObject question, Map<String, ClusterWatch> watches, RuleBook book) {
        ClusterWatch watch = question.getString("cluster") == null ? null : watches.get(question.getString("cluster"));
        return switch (question.getString("what")) {
            case "clusters" -> new JsonObject().put("result", clusters(watches));
            case "health" -> new JsonObject().put("result", watch == null ? null : health(watch));
            case "suppressed" ->
                new JsonObject()
                        .put("result", watch == null ? null : Suppressed.of(watch, question.getString("alert_id")));
            case "readings" -> new JsonObject().put("result", watch == null ? null : readings(watch));
            case "readings-since" ->
                new JsonObject().put("result", watch == null ? null : NewReadings.of(watch, question));
            case "nodes" -> new JsonObject().put("result", watch == null ? null : NodeMatrix.of(watch));
            case "open" -> new JsonObject().put("result", cluster(watches, question.getString("alert_id")));
            case "tally" -> new JsonObject().put("result", Tallies.of(watches.values()));
            default -> new JsonObject().put("result", rules(watches, book));
        };
    }

    /** Of an alert that is open; null if none of them has it. */
    private static String cluster(Map<String, ClusterWatch> watches, String alert) {
        return watches.values().stream()
                .filter(watch -> watch.book().life(alert) != null)
                .map(ClusterWatch::cluster)
                .findFirst()
                .orElse(null);
    }

    private static JsonArray clusters(Map<String, ClusterWatch> watches) {
        JsonArray clusters = new JsonArray();
        watches.values().forEach(watch -> {
            ClusterHealth health = watch.session().health();
            clusters.add(new JsonObject()
                    .put("cluster", watch.cluster())
                    .put("status", health == null ? null : health.status().wire())
                    .put("healthy_nodes", health == null ? null : health.healthyNodes())
                    .put("total_nodes", health == null ? null : health.totalNodes())
                    .put(
                            "quorum_status",
                            health == null || health.quorumStatus() == null
                                    ? null
                                    : health.quorumStatus().wire())
                    .put("epoch", watch.epoch())
                    .put("frozen", !watch.silenceCounts())
                    .put("series", watch.session().size())
                    .put("open_alerts", watch.alerts().size()));
        });
        return clusters;
    }

    /** A cluster of which nobody says how it is, as the store knows it: its owner does not answer, or there is none. */
    static JsonObject silent(String cluster, String owner, long epoch) {
        return new JsonObject()
                .put("cluster", cluster)
                .putNull("status")
                .putNull("healthy_nodes")
                .putNull("total_nodes")
                .putNull("quorum_status")
                .put("owner", owner)
                .put("epoch", epoch)
                .putNull("frozen")
                .putNull("series")
                .putNull("open_alerts");
    }

    private static JsonObject health(ClusterWatch watch) {
        ClusterHealth health = watch.session().health();
        if (health == null) {
            return new JsonObject()
                    .put("type", ClusterHealth.TYPE)
                    .put("cluster", watch.cluster())
                    .putNull("status");
        }
        return TelemetryJson.encode(
                health.timestamp() != null
                        ? health
                        : health.with(
                                new Head(watch.cluster(), null, watch.now(), watch.now(), Map.of(), null, true, null)));
    }

    private static JsonArray readings(ClusterWatch watch) {
        JsonArray readings = new JsonArray();
        for (Reading reading : watch.session().readings()) {
            if (readings.size() == MOST_READINGS) {
                break;
            }
            readings.add(shown(reading));
        }
        return readings;
    }

    static JsonObject shown(Reading reading) {
        return TelemetryJson.encode(reading)
                .put("received_at", reading.receivedAt().toString())
                .put("fresh", reading.fresh());
    }

    private static JsonObject rules(Map<String, ClusterWatch> watches, RuleBook book) {
        JsonArray rules = new JsonArray();
        for (RuleInfo rule : book.rules()) {
            long fired = 0;
            long last = 0;
            String error = null;
            for (ClusterWatch watch : watches.values()) {
                long[] times = watch.session().fired().get(rule.ref().name());
                fired += times == null ? 0 : times[0];
                last = Math.max(last, times == null ? 0 : times[1]);
                error = watch.tally().faults().getOrDefault(rule.ref().name(), error);
            }
            rules.add(new JsonObject()
                    .put("name", rule.ref().name())
                    .put("family", rule.family())
                    .put("file", rule.ref().file())
                    .put("line", rule.ref().line())
                    .put("state", error == null ? "active" : "quarantined")
                    .put("fired", fired)
                    .put(
                            "last_fired",
                            last == 0 ? null : Instant.ofEpochMilli(last).toString())
                    .put("last_error", error));
        }
        JsonArray files = new JsonArray();
        book.rules().stream().map(rule -> rule.ref().file()).distinct().forEach(files::add);
        return new JsonObject()
                .put("rule_hash", book.hash())
                .put("files", files)
                .put("rules", rules);
    }
}
