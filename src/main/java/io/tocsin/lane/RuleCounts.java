package io.tocsin.lane;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what several lanes say about their rules, which are the same but while they change. */
final class RuleCounts {
    private RuleCounts() {}

    static JsonObject merge(List<JsonObject> answers) {
        JsonObject first = answers.get(0).getJsonObject("result").put("members", members(answers));
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

    /** The rules of each member that answered; its lanes differ for a moment at most. */
    private static JsonArray members(List<JsonObject> answers) {
        Map<String, String> hashes = new TreeMap<>();
        for (JsonObject answer : answers) {
            String member = answer.getString("member");
            String hash = answer.getJsonObject("result").getString("rule_hash");
            hashes.putIfAbsent(member == null ? "local" : member, hash);
        }
        JsonArray members = new JsonArray();
        hashes.forEach(
                (name, hash) -> members.add(new JsonObject().put("name", name).put("rule_hash", hash)));
        return members;
    }

    private static Map<String, JsonObject> byName(JsonObject answer) {
        JsonArray rules = answer.getJsonArray("rules");
        Map<String, JsonObject> byName = new HashMap<>();
        rules.forEach(rule -> byName.put(((JsonObject) rule).getString("name"), (JsonObject) rule));
        return byName;
    }

    private static void add(JsonObject rule, JsonObject other) {
        rule.put("fired", rule.getLong("fired") + other.getLong("fired"));
        rule.put("last_fired", later(rule.getString("last_fired"), other.getString("last_fired")));
        if (other.getString("last_error") != null) {
            rule.put("state", other.getString("state")).put("last_error", other.getString("last_error"));
        }
    }

    private static String later(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Instant.parse(one).isBefore(Instant.parse(other)) ? other : one;
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
