package io.tocsin.lane;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what several lanes say about their rules, which are the same but while they change. */
final class RuleCounts {
    private RuleCounts() {}

    static JsonObject merge(List<JsonObject> answers) {
        JsonObject first = answers.get(0).getJsonObject("result");
        for (JsonObject answer : answers.subList(1, answers.size())) {
            Map<String, JsonObject> others = byName(answer.getJsonObject("result"));
            for (Object one : first.getJsonArray("rules")) {
                JsonObject rule = (JsonObject) one;
                JsonObject other = others.get(rule.getString("name"));
                if (other != null) {
                    add(rule, other);
                }
            }
        }
        return first;
    }

    private static Map<String, JsonObject> byName(JsonObject answer) {
        JsonArray rules = answer.getJsonArray("rules");
        Map<String, JsonObject> byName = new HashMap<>();
        rules.forEach(rule -> byName.put(((JsonObject) rule).getString("name"), (JsonObject) rule));
        return byName;
    }

    private static void add(JsonObject rule, JsonObject other) {
        rule.put("fired", rule.getLong("fired") + other.getLong("fired"));
        if (other.getString("last_error") != null) {
            rule.put("state", other.getString("state")).put("last_error", other.getString("last_error"));
        }
    }

    /** What became of all lanes when their rules were changed. */
    static JsonObject swapped(List<JsonObject> lanes) {
        return new JsonObject()
                .put(
                        "clusters",
                        lanes.stream()
                                .mapToInt(lane -> lane.getInteger("clusters"))
                                .sum())
                .put(
                        "failed",
                        lanes.stream()
                                .mapToInt(lane -> lane.getInteger("failed"))
                                .sum())
                .put(
                        "pause_ms",
                        lanes.stream()
                                .mapToDouble(lane -> lane.getDouble("pause_ms"))
                                .max()
                                .orElse(0));
    }
}
