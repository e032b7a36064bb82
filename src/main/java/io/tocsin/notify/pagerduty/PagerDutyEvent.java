package io.tocsin.notify.pagerduty;

import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Symptom;
import io.tocsin.model.Text;
import io.tocsin.notify.Wording;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * A notification as an event of PagerDuty's Events API v2. The deduplication key is the alert's id, so whatever is sent
 * twice is one incident.
 */
final class PagerDutyEvent {
    /** Larger events are refused; what Alertmanager takes for PagerDuty's 512 KB too. */
    static final int MOST_BYTES = 512_000;

    private static final int SUMMARY = 1_024;
    private static final int KEY = 255;

    private PagerDutyEvent() {}

    /** Opens the incident, or adds to it while it is open. {@code link} is the base address of our API, null for none. */
    static JsonObject trigger(Notification notification, String routingKey, String link) {
        Alert alert = notification.alert();
        JsonObject payload = payload(alert).put("custom_details", details(notification));
        JsonObject event = event("trigger", alert, routingKey).put("client", "Tocsin");
        JsonArray links = new JsonArray();
        Wording.link(link, alert).ifPresent(url -> {
            event.put("client_url", url);
            links.add(new JsonObject().put("href", url).put("text", "The alert in Tocsin"));
        });
        Wording.web(alert.symptom().runbook())
                .ifPresent(url -> links.add(new JsonObject().put("href", url).put("text", "Runbook")));
        if (!links.isEmpty()) {
            event.put("links", links);
        }
        return fitting(event.put("payload", payload));
    }

    /** Somebody answered. */
    static JsonObject acknowledge(Notification notification, String routingKey) {
        return event("acknowledge", notification.alert(), routingKey);
    }

    /** It is over. */
    static JsonObject resolve(Notification notification, String routingKey) {
        return event("resolve", notification.alert(), routingKey);
    }

    private static JsonObject event(String action, Alert alert, String routingKey) {
        return new JsonObject()
                .put("routing_key", routingKey)
                .put("event_action", action)
                .put("dedup_key", Text.cut(alert.id(), KEY));
    }

    private static JsonObject payload(Alert alert) {
        String summary = alert.alertType() + " on " + Wording.subject(alert) + ": " + alert.message();
        Object component = alert.symptom().context().get("component");
        return new JsonObject()
                .put("summary", Text.cut(Text.clean(summary), SUMMARY))
                .put("source", named(alert.node() == null ? alert.cluster() : alert.node()))
                .put("severity", alert.severity().wire())
                .put("timestamp", alert.updatedAt().toString())
                .put("component", named(component instanceof String text ? text : alert.subject()))
                .put("group", named(alert.cluster()))
                .put("class", named(alert.alertType()));
    }

    /** PagerDuty refuses an empty source. */
    private static String named(String text) {
        return text.isBlank() ? "unknown" : Text.cut(Text.clean(text), KEY);
    }

    private static JsonObject details(Notification notification) {
        Alert alert = notification.alert();
        Symptom symptom = alert.symptom();
        JsonObject details = new JsonObject()
                .put("message", Text.clean(alert.message()))
                .put("change", notification.change().wire())
                .put("subject", Text.clean(alert.subject()))
                .put("escalation_level", alert.level())
                .put("since", String.valueOf(alert.since()))
                .put("alert_id", alert.id());
        if (notification.detail() != null && !notification.detail().isBlank()) {
            details.put("detail", Text.clean(notification.detail()));
        }
        if (symptom.value() != null) {
            details.put("value", plain(symptom.value()));
        }
        if (symptom.limit() != null) {
            details.put("limit", plain(symptom.limit()));
        }
        if (symptom.limitType() != null) {
            details.put("limit_type", symptom.limitType().wire());
        }
        if (alert.stale() || alert.degraded()) {
            details.put("stale", alert.stale()).put("degraded", alert.degraded());
        }
        Wording.unrecorded(alert).ifPresent(text -> details.put("note", text));
        if (symptom.runbook() != null) {
            details.put("runbook", Text.clean(symptom.runbook()));
        }
        JsonArray rules = new JsonArray();
        for (RuleRef rule : symptom.rules()) {
            rules.add(Text.clean(rule.place() + " " + rule.name()));
        }
        return details.put("rules", rules)
                .put("labels", plain(alert.labels()))
                .put("context", plain(symptom.context()));
    }

    /** What JSON can hold, with text made safe. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, item) -> object.put(Text.clean(String.valueOf(name)), plain(item)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(plain(item)));
            return array;
        }
        boolean finite = !(value instanceof Double number) || Double.isFinite(number);
        if (value == null || value instanceof Boolean || (value instanceof Number && finite)) {
            return value;
        }
        return value instanceof Instant at ? at.toString() : Text.clean(value.toString());
    }

    private static JsonObject fitting(JsonObject event) {
        int bytes = event.toBuffer().length();
        if (bytes > MOST_BYTES) {
            event.getJsonObject("payload")
                    .put(
                            "custom_details",
                            new JsonObject()
                                    .put(
                                            "note",
                                            "left out: the event would have " + bytes + " bytes, PagerDuty takes "
                                                    + MOST_BYTES)
                                    .put("alert_id", event.getString("dedup_key")));
        }
        return event;
    }
}
