package io.tocsin.lane;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Adds up what several lanes say about the same rules. */
final class RuleCounts {
    private RuleCounts() {}

    static JsonObject merge(List<JsonObject> answers) {
        JsonObject first = answers.get(0).getJsonObject("result");
        JsonArray rules = first.getJsonArray("rules");
        for (JsonObject answer : answers.subList(1, answers.size())) {
            JsonArray others = answer.getJsonObject("result").getJsonArray("rules");
            for (int i = 0; i < rules.size(); i++) {
                JsonObject rule = rules.getJsonObject(i);
                JsonObject other = others.getJsonObject(i);
                rule.put("fired", rule.getLong("fired") + other.getLong("fired"));
                if (other.getString("last_error") != null) {
                    rule.put("state", other.getString("state")).put("last_error", other.getString("last_error"));
                }
            }
        }
        return first;
    }
}
