package io.tocsin.lane;

import static io.tocsin.model.Rules.time;

import io.tocsin.bus.AlertJson;
import io.tocsin.evaluate.why.Attempt;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Life;
import io.tocsin.model.Route;
import io.tocsin.model.Severity;
import io.tocsin.model.Text;
import io.tocsin.model.Tracking;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What comes of a conclusion that a rule draws or would draw.
 *
 * @param key the key of its finding; null if it says something else, or what it would say cannot be worked out
 * @param conclusion what it says, as JSON; null if that cannot be worked out
 * @param life the open alert that it is about; null if none is open
 * @param alert the same in short, as JSON
 * @param suppressed what keeps people from hearing of it
 */
record Outcome(AlertKey key, JsonObject conclusion, Life life, JsonObject alert, List<JsonObject> suppressed) {
    private static final Pattern TYPE = Pattern.compile("Finding\\s*\\.\\s*of(?:Cluster)?\\s*\\(\\s*\"([^\"]+)\"");

    static Outcome of(Question question, Attempt attempt) {
        if (attempt.conclusion() instanceof Finding finding) {
            return of(question, finding, attempt.holds());
        }
        if (attempt.conclusion() instanceof Escalation order) {
            Life life = find(question, order.alertId());
            return new Outcome(null, order(life, order), life, brief(life), List.of());
        }
        if (attempt.conclusion() instanceof Route route) {
            Life life = find(question, route.alertId());
            JsonObject said = new JsonObject().put("kind", "route").put("receiver", route.receiver());
            return new Outcome(null, said, life, brief(life), route(question, route));
        }
        Life life = attempt.holds() ? null : open(question);
        return new Outcome(null, null, life, brief(life), List.of());
    }

    private static Outcome of(Question question, Finding finding, boolean holds) {
        AlertKey key = new AlertKey(question.cluster(), finding.alertType(), finding.subject());
        Life life = question.lives().get(key);
        List<JsonObject> suppressed = new ArrayList<>();
        if (holds && life == null && question.muted().contains(key)) {
            suppressed.add(suppressed(
                    "muted",
                    "somebody resolved " + finding.alertType() + " of " + finding.subject()
                            + " by hand: silent until it no longer holds, or gets worse",
                    null,
                    null));
        }
        if (holds && life != null && life.alert().state() == AlertState.PENDING) {
            Instant since = since(life, question, finding.severity());
            Instant until = since.plus(finding.holdFor());
            suppressed.add(suppressed(
                    "hold",
                    "it has to hold for " + Text.duration(finding.holdFor()) + " before anybody is told: until "
                            + until,
                    since,
                    until));
        }
        if (life != null && life.tracking().clearSince() != null) {
            Instant since = life.tracking().clearSince();
            Instant until = since.plus(life.alert().symptom().quietFor());
            suppressed.add(suppressed(
                    "quiet",
                    "alert " + life.alert().id() + " is still open: quiet since " + time(since) + ", it resolves at "
                            + time(until),
                    since,
                    until));
        }
        return new Outcome(key, said(finding), life, brief(life), suppressed);
    }

    private static Instant since(Life life, Question question, Severity severity) {
        for (Tracking.Hold hold : life.tracking().holds()) {
            if (hold.severity() == severity
                    && hold.rule().equals(question.rule().ref().name())) {
                return hold.since();
            }
        }
        return life.alert().since();
    }

    private static List<JsonObject> route(Question question, Route route) {
        return question.receivers().contains(route.receiver())
                ? List.of()
                : List.of(suppressed(
                        "receiver", "receiver " + route.receiver() + " is not under receivers: in config", null, null));
    }

    /** An open alert that a rule which finds nothing might have opened before. */
    private static Life open(Question question) {
        Matcher type = TYPE.matcher(question.rule().text());
        if (!type.find()) {
            return null;
        }
        for (Map.Entry<AlertKey, Life> entry : question.lives().entrySet()) {
            Alert alert = entry.getValue().alert();
            if (alert.alertType().equals(type.group(1))
                    && (question.node() == null || question.node().equals(alert.node()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static Life find(Question question, String id) {
        return question.lives().values().stream()
                .filter(life -> life.alert().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static JsonObject said(Finding finding) {
        return new JsonObject()
                .put("kind", "finding")
                .put("alert_type", finding.alertType())
                .put("subject", finding.subject())
                .put("severity", finding.severity().wire())
                .put("message", finding.message())
                .put("hold_for", Text.duration(finding.holdFor()))
                .put("quiet_for", Text.duration(finding.quietFor()));
    }

    private static JsonObject order(Life life, Escalation order) {
        return new JsonObject()
                .put("kind", "escalation")
                .put("level", order.level())
                .put("after", Text.duration(order.after()))
                .put("to", order.to())
                .put("reason", order.reason())
                .put(
                        "due_at",
                        life == null
                                ? null
                                : life.alert().levelSince().plus(order.after()).toString());
    }

    private static JsonObject brief(Life life) {
        if (life == null) {
            return null;
        }
        JsonObject whole = AlertJson.encode(life.alert());
        JsonObject brief = new JsonObject();
        for (String name : List.of(
                "id", "alert_type", "subject", "severity", "state", "stale", "since", "escalation_level", "message")) {
            brief.put(name, whole.getValue(name));
        }
        return brief;
    }

    static JsonObject suppressed(String kind, String text, Instant since, Instant until) {
        return new JsonObject()
                .put("kind", kind)
                .put("text", text)
                .put("since", since == null ? null : since.toString())
                .put("until", until == null ? null : until.toString());
    }
}
