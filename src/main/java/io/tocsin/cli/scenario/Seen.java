package io.tocsin.cli.scenario;

import io.tocsin.bus.AlertJson;
import io.tocsin.lane.ClusterWatch;
import io.tocsin.lane.Step;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Transition;
import io.tocsin.store.Transaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<String, Transition> last = new HashMap<>();
    private final Map<String, List<Because>> because = new HashMap<>();
    private final Map<String, String> orders = new HashMap<>();
    private final Map<String, Alert> lapsed = new LinkedHashMap<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final List<JsonObject> escalations = new ArrayList<>();
    private final TimeLine timeLine = new TimeLine();

    void take(ClusterWatch watch, Step step) {
        for (Transaction.Change change : step.transaction().changes()) {
            because.put(change.life().alert().id(), change.life().because());
        }
        for (Step.Changed change : step.changes()) {
            changed(change.alert(), change.transition());
        }
        List<Notification> told = step.transaction().notifications();
        notifications.addAll(told);
        told.forEach(one -> changed.computeIfPresent(one.alertId(), (id, old) -> one.alert()));
        timeLine.notified(told);
        for (Step.Changed change : step.changes()) {
            String rule = watch.session().ruleOfOrders(change.alert().id());
            if (rule != null) {
                orders.put(change.alert().id() + ' ' + (change.alert().level() + 1), rule);
            }
        }
    }

    private void changed(Alert alert, Transition transition) {
        if (transition.kind() == ChangeKind.LAPSED) {
            all.remove(alert.id());
            listed.remove(alert.id());
            changed.remove(alert.id());
            lapsed.put(alert.id(), alert);
        } else {
            all.put(alert.id(), alert);
        }
        if (STATE_CHANGES.contains(transition.kind())) {
            listed.add(alert.id());
        }
        if (STATE_CHANGES.contains(transition.kind()) || transition.kind() == ChangeKind.LAPSED) {
            last.put(alert.id(), transition);
        }
        if (listed.contains(alert.id())
                || transition.kind() == ChangeKind.RAISED
                || transition.kind() == ChangeKind.FELL) {
            changed.put(alert.id(), alert);
        }
        if (transition.kind() == ChangeKind.ESCALATED) {
            escalations.add(document(alert)
                    .put("to", new JsonArray(new ArrayList<>(transition.to())))
                    .put("reason", transition.detail()));
        }
        timeLine.changed(alert, transition);
    }

    /** An alert as expectations see it. */
    static JsonObject document(Alert alert) {
        return AlertJson.encode(alert).put("level", alert.level());
    }

    List<JsonObject> alerts() {
        return changed.values().stream().map(Seen::document).toList();
    }

    /** Whether an alert may be left out of an expectation: it is pending, or only its severity changed. */
    boolean optional(JsonObject alert) {
        return AlertState.PENDING.wire().equals(alert.getString("state")) || !listed.contains(alert.getString("id"));
    }

    List<JsonObject> notifications() {
        return notifications.stream()
                .map(one -> document(one.alert())
                        .put("receiver", one.receiver())
                        .put("change", one.change().wire())
                        .put("first", one.first()))
                .toList();
    }

    List<JsonObject> escalations() {
        return escalations;
    }

    TimeLine timeLine() {
        return timeLine;
    }

    /** Every alert of the case that did not lapse, as it is now. */
    List<Alert> all() {
        return List.copyOf(all.values());
    }

    /** Pending alerts that lapsed, the last of each key. */
    List<Alert> lapsed() {
        return List.copyOf(lapsed.values());
    }

    /** How an alert came into the state in which it is; null if it was never heard of. */
    Transition last(String alertId) {
        return last.get(alertId);
    }

    /** The reasons under an alert, as of its last change. */
    List<Because> because(String alertId) {
        return because.getOrDefault(alertId, List.of());
    }

    /** The rule that ordered an alert's step to a level; null if that is not known. */
    String ruleOf(String alertId, int level) {
        return orders.get(alertId + ' ' + level);
    }

    void forget() {
        changed.clear();
        listed.clear();
        notifications.clear();
        escalations.clear();
    }
}
