package io.tocsin.cli.scenario;

import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Alert;
import io.tocsin.model.Reading;
import io.tocsin.model.Source;
import io.tocsin.model.Text;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Messages, facts and documents in one short line for people. */
final class FactText {
    private static final int LONGEST_VALUE = 60;
    private static final Set<String> SAID = Set.of("type", "node", "timestamp", "ttl", "cluster", "received_at");

    private FactText() {}

    /** A message: type and node, then what else it says. */
    static String message(JsonObject json) {
        StringBuilder text = new StringBuilder(String.valueOf(json.getValue("type")));
        if (json.getValue("node") != null) {
            text.append(' ').append(json.getValue("node"));
        }
        if (json.getValue("cluster") != null && !"default".equals(json.getValue("cluster"))) {
            text.append(" of ").append(json.getValue("cluster"));
        }
        for (Map.Entry<String, Object> field : json) {
            Object value = field.getValue();
            if (!SAID.contains(field.getKey()) && value != null && !empty(value)) {
                text.append(' ').append(field.getKey()).append('=').append(value(value));
            }
        }
        return Text.clean(text.toString());
    }

    private static boolean empty(Object value) {
        return value instanceof JsonObject object && object.isEmpty()
                || value instanceof JsonArray array && array.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** A value of a document or an expectation. */
    static String value(Object value) {
        if (value instanceof Double number) {
            return Text.number(number);
        }
        if (value instanceof JsonArray list) {
            return value(list.getList());
        }
        return Text.cut(Text.clean(String.valueOf(value)), LONGEST_VALUE);
    }

    /** A fact that a rule matched. */
    static String fact(Object fact) {
        if (fact instanceof Reading reading) {
            return reading(reading);
        } else if (fact instanceof Trend trend) {
            return "trend of " + trend.metric() + ' ' + trend.subject() + ": now " + Text.number(trend.value())
                    + ", mean "
                    + Text.number(trend.mean()) + ", " + Text.number(trend.slopePerMinute()) + " a minute, baseline "
                    + Text.number(trend.baselineMean());
        } else if (fact instanceof Source source) {
            return "source " + source.name() + ", last seen " + at(source.lastSeen())
                    + (source.silent() ? ", silent" : "");
        } else if (fact instanceof Topology topology) {
            return "topology " + topology.nodes() + ", quorum " + topology.quorum();
        } else if (fact instanceof Alert alert) {
            return "alert " + alert.alertType() + ' ' + alert.subject() + ", "
                    + alert.state().wire();
        }
        return value(fact);
    }

    static String reading(Reading reading) {
        return message(TelemetryJson.encode(reading)) + " (" + at(reading.receivedAt())
                + (reading.fresh() ? ")" : ", no longer fresh)");
    }

    /** An instant as time since the beginning of the case. */
    static String at(Instant instant) {
        return instant == null ? "never" : Text.duration(Duration.between(Stage.BEGIN, instant));
    }

    /** An entry of an expectation: what it names. */
    static String entry(Map<String, Object> entry) {
        return entry.entrySet().stream()
                .map(field -> field.getKey() + '=' + value(field.getValue()))
                .collect(Collectors.joining(" "));
    }
}
