package io.tocsin.cli.replay;

import io.tocsin.bus.AlertJson;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Severity;
import io.tocsin.model.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A replay as a document for programs. */
final class JsonReport {
    private JsonReport() {}

    static JsonObject of(Result result) {
        Story story = result.after().story();
        JsonObject past = new JsonObject()
                .put("begin", result.begin().toString())
                .put("end", result.end().toString())
                .put("readings", story.readings())
                .put("answers", story.answers());
        JsonArray alerts = new JsonArray();
        Difference difference = result.difference();
        difference.pairs().forEach(pair -> alerts.add(pair(result, pair)));
        JsonObject json = new JsonObject()
                .put("past", past)
                .put("rules", side(result.after(), result.figures()))
                .put("against", result.before() == null ? null : side(result.before(), result.figuresBefore()));
        if (result.before() != null) {
            JsonObject changes = new JsonObject();
            Difference.Change[] all = Difference.Change.values();
            for (Difference.Change change : all) {
                changes.put(change.wire(), difference.counts().getOrDefault(change, 0L));
            }
            json.put("changes", changes.put("same", difference.same()));
        }
        return json.put("alerts", alerts)
                .put("notes", new JsonArray(result.notes()))
                .put("seconds", Math.round(result.seconds() * 1000) / 1000.0);
    }

    private static JsonObject side(Result.Side side, Figures figures) {
        JsonObject severities = new JsonObject();
        for (Severity severity : Severity.values()) {
            severities.put(severity.wire(), figures.of(severity));
        }
        JsonObject receivers = new JsonObject();
        figures.receivers().forEach(receivers::put);
        return new JsonObject()
                .put("path", side.name())
                .put("rule_hash", side.book().hash())
                .put("alerts", figures.alerts())
                .put("severities", severities)
                .put("escalations", figures.escalations())
                .put("notifications", figures.notifications())
                .put("receivers", receivers)
                .put("alert_minutes", figures.minutes())
                .put("open_at_end", figures.open())
                .put("lapsed", figures.lapsed());
    }

    private static JsonObject pair(Result result, Difference.Pair pair) {
        JsonObject json = new JsonObject();
        if (result.before() != null) {
            JsonArray changes = new JsonArray();
            pair.changes().forEach(change -> changes.add(((Wire) change).wire()));
            json.put("changes", changes);
        }
        json.put("cluster", pair.key().cluster())
                .put("alert_type", pair.key().alertType())
                .put("subject", pair.key().subject())
                .put("rules", tale(pair.after()));
        return result.before() == null ? json : json.put("against", tale(pair.before()));
    }

    private static JsonObject tale(Tale tale) {
        if (tale == null) {
            return null;
        }
        JsonArray transitions = new JsonArray();
        tale.moments()
                .forEach(moment -> transitions.add(AlertJson.encode(moment.transition())
                        .put("severity", moment.severity().wire())));
        JsonArray escalations = new JsonArray();
        tale.moments().stream()
                .filter(moment -> moment.transition().kind() == ChangeKind.ESCALATED)
                .forEach(moment -> escalations.add(new JsonObject()
                        .put("level", moment.level())
                        .put("at", moment.transition().at().toString())
                        .put("to", new JsonArray(moment.transition().to()))));
        JsonArray notifications = new JsonArray();
        tale.notifications()
                .forEach(one -> notifications.add(new JsonObject()
                        .put("receiver", one.receiver())
                        .put("change", one.change().wire())
                        .put("revision", one.revision())
                        .put("created_at", one.createdAt().toString())));
        return new JsonObject()
                .put("id", tale.id())
                .put("severity", tale.worst().wire())
                .put("message", tale.last().message())
                .put("since", tale.since().toString())
                .put("fired_at", tale.firedAt().toString())
                .put("resolved_at", tale.resolved() ? text(tale.end(null)) : null)
                .put(
                        "resolved_because",
                        tale.resolved() ? tale.last().resolution().because() : null)
                .put("escalations", escalations)
                .put("notifications", notifications)
                .put("transitions", transitions);
    }

    private static String text(Instant at) {
        return at.toString();
    }
}
