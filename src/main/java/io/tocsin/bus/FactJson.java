package io.tocsin.bus;

import io.tocsin.model.Alert;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.Reading;
import io.tocsin.model.Recurrence;
import io.tocsin.model.Source;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Facts that rules matched, as they are stored and shown. Readings, sources, topologies and trends come back as they were. */
final class FactJson {
    /** How large the JSON of one fact may be before its free-form object is left out, characters. */
    static final int MAX_FACT = 8 * 1024;

    private static final List<String> FREE_FORM = List.of("details", "context", "results");

    private FactJson() {}

    static JsonObject encode(Object fact) {
        if (fact instanceof Reading reading) {
            return bounded(telemetry(reading));
        }
        if (fact instanceof Source source) {
            return of("source")
                    .put("node", source.node())
                    .put("check", source.check())
                    .put("last_seen", Times.text(source.lastSeen()))
                    .put("silent", source.silent())
                    .put("observers", source.observers());
        }
        if (fact instanceof Topology topology) {
            return of("topology")
                    .put("cluster", topology.cluster())
                    .put("nodes", topology.nodes())
                    .put("quorum", topology.quorum());
        }
        if (fact instanceof Trend trend) {
            return trend(trend);
        }
        if (fact instanceof TimeOfDay time) {
            return of("time_of_day")
                    .put("hour", time.hour())
                    .put("day", time.day().name().toLowerCase(Locale.ROOT))
                    .put("zone", time.zone());
        }
        if (fact instanceof Recurrence recurrence) {
            return of("recurrence")
                    .put("alert_type", recurrence.alertType())
                    .put("subject", recurrence.subject())
                    .put("node", recurrence.node())
                    .put("times", recurrence.times())
                    .put("first", Times.text(recurrence.first()))
                    .put("last", Times.text(recurrence.last()));
        }
        if (fact instanceof Alert alert) {
            return alert(alert);
        }
        if (fact instanceof Map<?, ?> map && "alert".equals(map.get("type"))) {
            return new JsonObject(Plain.map(map));
        }
        return of("value").put("text", Text.cut(Text.clean(String.valueOf(fact)), Fields.MAX_TEXT));
    }

    private static JsonObject of(String type) {
        return new JsonObject().put("type", type);
    }

    private static JsonObject alert(Alert alert) {
        return of("alert")
                .put("id", alert.id())
                .put("cluster", alert.cluster())
                .put("alert_type", alert.alertType())
                .put("subject", alert.subject())
                .put("node", alert.node())
                .put("severity", alert.severity().wire())
                .put("message", alert.message())
                .put("state", alert.state().wire())
                .put("escalation_level", alert.level())
                .put("revision", alert.revision());
    }

    private static JsonObject trend(Trend trend) {
        return of("trend")
                .put("key", trend.key())
                .put("node", trend.node())
                .put("subject", trend.subject())
                .put("metric", trend.metric())
                .put("value", trend.value())
                .put("mean", trend.mean())
                .put("deviation", trend.deviation())
                .put("slope_per_minute", trend.slopePerMinute())
                .put("baseline_mean", trend.baselineMean())
                .put("baseline_deviation", trend.baselineDeviation())
                .put("samples", trend.samples())
                .put("warm", trend.warm())
                .put("fresh", trend.fresh());
    }

    /** Telemetry with what the wire does not carry. */
    static JsonObject telemetry(Telemetry telemetry) {
        JsonObject json = TelemetryEncoder.encode(telemetry);
        if (telemetry.receivedAt() != null) {
            json.put("received_at", Times.text(telemetry.receivedAt()));
        }
        if (telemetry instanceof ClusterHealth health && health.origin() != null) {
            json.put("origin", health.origin().wire());
        }
        return json.put("fresh", telemetry.head().fresh());
    }

    private static JsonObject bounded(JsonObject json) {
        for (String field : FREE_FORM) {
            JsonObject free = json.getJsonObject(field);
            if (free != null && !free.isEmpty() && json.encode().length() > MAX_FACT) {
                JsonObject rest = new JsonObject().put("omitted", free.encode().length() + " bytes");
                // it is a part of the series key
                if (json.getString("type").equals(ComponentHealth.TYPE) && free.containsKey("store_id")) {
                    rest.put("store_id", free.getValue("store_id"));
                }
                json.put(field, rest);
            }
        }
        return json;
    }

    static Object decode(Map<?, ?> map) {
        Fields f = Fields.stored("fact", map);
        return switch (String.valueOf(map.get("type"))) {
            case "source" ->
                new Source(
                        f.name("node"),
                        f.name("check", null),
                        f.time("last_seen"),
                        f.flag("silent"),
                        whole(f, "observers"));
            case "topology" -> new Topology(f.name("cluster"), f.names("nodes"), whole(f, "quorum"));
            case "trend" -> trend(f);
            case "time_of_day" ->
                new TimeOfDay(
                        whole(f, "hour"), DayOfWeek.valueOf(f.name("day").toUpperCase(Locale.ROOT)), f.name("zone"));
            case "recurrence" ->
                new Recurrence(
                        f.name("alert_type"),
                        f.name("subject"),
                        f.name("node", null),
                        whole(f, "times"),
                        f.time("first"),
                        f.time("last"));
            case "alert" -> Plain.map(map);
            case "value" -> f.text("text");
            default -> telemetry(map);
        };
    }

    private static int whole(Fields f, String field) {
        return f.required(field).intValue();
    }

    private static Trend trend(Fields f) {
        return new Trend(
                f.name("key"),
                f.name("node", null),
                f.name("subject"),
                f.name("metric"),
                f.anyNumber("value"),
                f.anyNumber("mean"),
                f.anyNumber("deviation"),
                f.anyNumber("slope_per_minute"),
                f.anyNumber("baseline_mean"),
                f.anyNumber("baseline_deviation"),
                whole(f, "samples"),
                f.flag("warm"),
                f.flag("fresh"));
    }

    /** The inverse of {@link #telemetry(Telemetry)}. */
    static Telemetry telemetry(Map<?, ?> map) {
        String type = TypeName.of(map.get("type"));
        Fields f = Fields.stored(type, map);
        Instant timestamp = f.time("timestamp");
        Head head = new Head(
                f.name("cluster"),
                f.name("node", null),
                timestamp,
                f.time("received_at"),
                f.labels("labels"),
                f.duration("ttl", null),
                f.flag("fresh"),
                null);
        return TelemetryDecoder.TYPES.get(type).read(f, head);
    }
}
