package io.tocsin.cli.scenario;

import io.tocsin.bus.AlertJson;
import io.tocsin.lane.Step;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Transition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened since the last expectation, and in all. */
final class Seen {
    private static final Set<ChangeKind> STATE_CHANGES = Set.of(
            ChangeKind.PENDING, ChangeKind.FIRED, ChangeKind.ACKNOWLEDGED, ChangeKind.ACK_EXPIRED, ChangeKind.RESOLVED);

    private final Map<String, Alert> all = new LinkedHashMap<>();
    private final Map<String, Alert> changed = new LinkedHashMap<>();
    private final Set<String> listed = new HashSet<>();
    private final List<JsonObject> notifications = new ArrayList<>();
    private final List<JsonObject> escalations = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();

    void take(Step step) {
        for (Step.Changed change : step.changes()) {
            Alert alert = change.alert();
            Transition transition = change.transition();
            if (transition.kind() == ChangeKind.LAPSED) {
                all.remove(alert.id());
                listed.remove(alert.id());
                changed.remove(alert.id());
            } else {
                all.put(alert.id(), alert);
            }
            if (transition.kind() != ChangeKind.LAPSED && STATE_CHANGES.contains(transition.kind())) {
                listed.add(alert.id());
            }
            if (listed.contains(alert.id())
                    || transition.kind() == ChangeKind.RAISED
                    || transition.kind() == ChangeKind.FELL) {
                changed.put(alert.id(), alert);
            }
            if (transition.kind() == ChangeKind.ESCALATED) {
                escalations.add(AlertJson.encode(alert)
                        .put("level", alert.level())
                        .put("to", new JsonArray(new ArrayList<>(transition.to())))
                        .put("reason", transition.detail()));
            }
            line(transition, alert);
        }
        for (Notification one : step.transaction().notifications()) {
            notifications.add(AlertJson.encode(one.alert())
                    .put("receiver", one.receiver())
                    .put("change", one.change().wire())
                    .put("level", one.alert().level())
                    .put("first", one.first()));
            changed.computeIfPresent(one.alertId(), (id, old) -> one.alert());
        }
    }

    private void line(Transition transition, Alert alert) {
        java.time.Duration at = java.time.Duration.between(Stage.BEGIN, transition.at());
        timeline.add(String.format(
                "%10s  %-12s %-8s %s %s: %s",
                io.tocsin.model.Text.duration(at),
                transition.kind().wire(),
                alert.severity().wire(),
                alert.alertType(),
                alert.subject(),
                transition.detail()));
    }

    List<JsonObject> alerts() {
        return changed.values().stream()
                .map(alert -> AlertJson.encode(alert).put("level", alert.level()))
                .toList();
    }

    /** Whether an alert may be left out of an expectation: it is pending, or only its severity changed. */
    boolean optional(JsonObject alert) {
        return "pending".equals(alert.getString("state")) || !listed.contains(alert.getString("id"));
    }

    List<JsonObject> notifications() {
        return notifications;
    }

    List<JsonObject> escalations() {
        return escalations;
    }

    /** Every change so far, a line each. */
    List<String> timeline() {
        return timeline;
    }

    /** Open alerts whose named fields match. */
    List<Alert> open(Map<String, Object> match) {
        return all.values().stream()
                .filter(alert -> alert.open() && alert.state() != AlertState.PENDING)
                .filter(alert -> Matching.matches(match, AlertJson.encode(alert).put("level", alert.level())))
                .toList();
    }

    void forget() {
        changed.clear();
        listed.clear();
        notifications.clear();
        escalations.clear();
    }
}
