package io.tocsin.bus;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.LimitType;
import io.tocsin.model.Notification;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Symptom;
import io.tocsin.model.Transition;
import io.tocsin.model.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Alerts and what happens to them as JSON. */
public final class AlertJson {
    private static final Words<Severity> SEVERITY = Words.of(Severity.values());
    private static final Words<AlertState> STATE = Words.of(AlertState.values());
    private static final Words<LimitType> LIMIT_TYPE = Words.of(LimitType.values());

    private AlertJson() {}

    /** The {@code alert} document: every field is always there, null where there is nothing to say. */
    public static JsonObject encode(Alert alert) {
        JsonObject json = new JsonObject()
                .put("id", alert.id())
                .put("key", alert.key().toString())
                .put("cluster", alert.cluster())
                .put("node", alert.node())
                .put("subject", alert.subject())
                .put("alert_type", alert.alertType());
        symptom(json, alert.symptom());
        json.put("timestamp", Times.text(alert.updatedAt()))
                .put("labels", TelemetryEncoder.sorted(alert.labels()))
                .put("state", alert.state().wire())
                .put("stale", alert.stale())
                .put("degraded", alert.degraded())
                .put("escalation_level", alert.level())
                .put("level_since", Times.text(alert.levelSince()))
                .put("next_escalation_at", Times.text(alert.nextEscalationAt()))
                .put("since", Times.text(alert.since()))
                .put("fired_at", Times.text(alert.firedAt()));
        ack(json, alert.ack());
        Resolution end = alert.resolution();
        return json.put("resolved_at", end == null ? null : Times.text(end.at()))
                .put("resolved_because", end == null ? null : end.because())
                .put("resolved_by", end == null ? null : end.by())
                .put("updated_at", Times.text(alert.updatedAt()))
                .put("revision", alert.revision())
                .put("rule_hash", alert.ruleHash());
    }

    private static void symptom(JsonObject json, Symptom symptom) {
        json.put("severity", symptom.severity().wire())
                .put("message", symptom.message())
                .put("context", symptom.context())
                .put("value", finite(symptom.value()))
                .put("limit", finite(symptom.limit()))
                .put("limit_type", wire(symptom.limitType()))
                .put("quiet_for", Times.text(symptom.quietFor()))
                .put("runbook", symptom.runbook())
                .put("rules", rules(symptom.rules()));
    }

    private static void ack(JsonObject json, Ack ack) {
        json.put("acknowledged_at", ack == null ? null : Times.text(ack.at()))
                .put("acknowledged_by", ack == null ? null : ack.by())
                .put("ack_message", ack == null ? null : ack.message())
                .put("ack_expires_at", ack == null ? null : Times.text(ack.expiresAt()))
                .put("auto_ack", ack == null ? null : ack.auto());
    }

    /** JSON has no word for infinity and the like. */
    private static Double finite(Double number) {
        return number == null || !Double.isFinite(number) ? null : number;
    }

    private static String wire(Wire word) {
        return word == null ? null : word.wire();
    }

    private static JsonArray rules(List<RuleRef> rules) {
        JsonArray json = new JsonArray();
        rules.forEach(rule -> json.add(rule(rule)));
        return json;
    }

    private static JsonObject rule(RuleRef rule) {
        return new JsonObject()
                .put("name", rule.name())
                .put("file", rule.file())
                .put("line", rule.line());
    }

    /**
     * The alert of a document that {@link #encode(Alert)} wrote.
     *
     * @throws InvalidMessage if it is none; names the field
     */
    public static Alert decode(JsonObject json) {
        Fields f = Fields.stored("alert", json.getMap());
        return new Alert(
                f.name("id"),
                new AlertKey(f.name("cluster"), f.name("alert_type"), f.name("subject")),
                f.name("node", null),
                f.labels("labels"),
                symptom(f),
                f.word("state", STATE),
                f.flag("stale"),
                f.flag("degraded"),
                f.required("escalation_level").intValue(),
                f.time("level_since"),
                f.time("next_escalation_at"),
                f.time("since"),
                f.time("fired_at"),
                ack(f),
                resolution(f),
                f.time("updated_at"),
                f.required("revision"),
                f.text("rule_hash"));
    }

    private static Symptom symptom(Fields f) {
        return new Symptom(
                f.word("severity", SEVERITY),
                f.text("message"),
                f.anyNumber("value"),
                f.anyNumber("limit"),
                f.word("limit_type", LIMIT_TYPE, null),
                f.free("context", Set.of()),
                f.duration("quiet_for", null),
                f.text("runbook"),
                f.objects("rules").stream().map(AlertJson::rule).toList());
    }

    static RuleRef rule(Fields f) {
        return new RuleRef(f.text("name"), f.text("file"), f.required("line").intValue());
    }

    private static Ack ack(Fields f) {
        Instant at = f.time("acknowledged_at");
        return at == null
                ? null
                : new Ack(
                        at,
                        f.text("acknowledged_by"),
                        f.text("ack_message"),
                        f.time("ack_expires_at"),
                        f.flag("auto_ack"));
    }

    private static Resolution resolution(Fields f) {
        Instant at = f.time("resolved_at");
        return at == null ? null : new Resolution(at, f.text("resolved_because"), f.text("resolved_by"));
    }

    /**
     * The {@code alert_ack} message.
     *
     * @throws IllegalArgumentException if nobody acknowledged the alert
     */
    public static JsonObject ack(Alert alert) {
        Ack ack = alert.ack();
        if (ack == null) {
            throw new IllegalArgumentException("alert " + alert.id() + " is not acknowledged");
        }
        return new JsonObject()
                .put("type", "alert_ack")
                .put("alert_id", alert.id())
                .put("acknowledged_by", ack.by())
                .put("ack_message", ack.message())
                .put("auto_ack", ack.auto())
                .put("timestamp", Times.text(ack.at()));
    }

    /** The {@code alert_escalation} message of a transition that raised the level. */
    public static JsonObject escalation(Alert alert, Transition transition) {
        return new JsonObject()
                .put("type", "alert_escalation")
                .put("original_alert_id", alert.id())
                .put("escalation_level", alert.level())
                .put("escalated_to", new JsonArray(new ArrayList<>(transition.to())))
                .put("escalation_reason", transition.detail())
                .put("timestamp", Times.text(transition.at()));
    }

    /** One line of an alert's history. */
    public static JsonObject encode(Transition transition) {
        return new JsonObject()
                .put("alert_id", transition.alertId())
                .put("revision", transition.revision())
                .put("kind", transition.kind().wire())
                .put("at", Times.text(transition.at()))
                .put("cause", wire(transition.cause()))
                .put("detail", transition.detail())
                .put("by", transition.by())
                .put("to", new JsonArray(new ArrayList<>(transition.to())));
    }

    /** A notification with its attempts, without the alert. */
    public static JsonObject encode(Notification notification) {
        return new JsonObject()
                .put("receiver", notification.receiver())
                .put("change", notification.change().wire())
                .put("detail", notification.detail())
                .put("state", notification.state().wire())
                .put("state_detail", notification.stateDetail())
                .put("created_at", Times.text(notification.createdAt()))
                .put("next_attempt_at", Times.text(notification.nextAttemptAt()))
                .put("revision", notification.revision())
                .put("attempts", attempts(notification.attempts()));
    }

    static JsonArray attempts(List<Notification.Attempt> attempts) {
        JsonArray json = new JsonArray();
        attempts.forEach(attempt -> json.add(new JsonObject()
                .put("at", Times.text(attempt.at()))
                .put("took_ms", attempt.tookMs())
                .put("outcome", attempt.outcome())
                .put("detail", attempt.detail())));
        return json;
    }

    /** A fact as it is shown: a reading, a source, a topology, a trend, an alert in short, or a plain value. */
    public static JsonObject fact(Object fact) {
        return FactJson.encode(fact);
    }

    /** One reason under an alert with the facts that its rule matched. */
    public static JsonObject encode(Because because) {
        JsonArray facts = new JsonArray();
        because.facts().forEach(fact -> facts.add(FactJson.encode(fact)));
        JsonObject json = new JsonObject()
                .put("rule", rule(because.rule()))
                .put("severity", because.severity().wire())
                .put("message", because.message())
                .put("hold_for", Times.text(because.holdFor()))
                .put("quiet_for", Times.text(because.quietFor()))
                .put("facts", facts)
                .put("omitted", because.omitted());
        if (because.ruleHash() != null) {
            json.put("rule_hash", because.ruleHash());
        }
        return because.lostAt() == null ? json : json.put("lost_at", Times.text(because.lostAt()));
    }
}
