package io.tocsin.lane;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Severity;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** How many alerts are open that people heard of, by severity and by state. */
final class Tallies {
    private Tallies() {}

    static JsonObject of(Collection<ClusterWatch> watches) {
        int[] severities = new int[Severity.values().length];
        int[] states = new int[AlertState.values().length];
        for (ClusterWatch watch : watches) {
            for (Alert alert : watch.alerts()) {
                states[alert.state().ordinal()]++;
                if (alert.state() != AlertState.PENDING) {
                    severities[alert.severity().ordinal()]++;
                }
            }
        }
        return new JsonObject()
                .put("critical", severities[Severity.CRITICAL.ordinal()])
                .put("warning", severities[Severity.WARNING.ordinal()])
                .put("info", severities[Severity.INFO.ordinal()])
                .put("firing", states[AlertState.FIRING.ordinal()])
                .put("acknowledged", states[AlertState.ACKNOWLEDGED.ordinal()]);
    }

    static JsonObject sum(List<JsonObject> answers) {
        JsonObject sum = new JsonObject();
        for (JsonObject answer : answers) {
            JsonObject one = answer.getJsonObject("result");
            one.forEach(entry -> sum.put(
                    entry.getKey(), sum.getInteger(entry.getKey(), 0) + ((Number) entry.getValue()).intValue()));
        }
        return sum;
    }
}
