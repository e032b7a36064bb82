package io.tocsin.lane;

import io.tocsin.alert.Announcements;
import io.tocsin.evaluate.SeenSource;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Head;
import io.tocsin.model.Life;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Notification;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import io.tocsin.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what a step decides, alert by alert, until it is closed into a {@link Step}. */
final class StepLog {
    private static final class Touched {
        private Life life;
        private boolean discarded;
        private boolean write;
        private final List<Numbered> changes = new ArrayList<>(2);
    }

    private record Numbered(int number, Step.Changed change) {
        private ChangeKind kind() {
            return change.transition().kind();
        }
    }

    private final Map<String, Touched> touched = new LinkedHashMap<>();
    private final List<Transaction.Change> lapsed = new ArrayList<>();
    private final Set<String> routed = new LinkedHashSet<>();
    private final List<Telemetry> derived = new ArrayList<>();
    private final List<Telemetry> diagnostics = new ArrayList<>();
    private boolean collapse;
    private int number;

    /** From now on overdue escalations of one alert count as one, the highest. */
    void collapseEscalations() {
        collapse = true;
    }

    void changed(Life life, List<Transition> transitions, boolean discarded) {
        Touched alert = touched.computeIfAbsent(life.alert().id(), id -> new Touched());
        if (alert.discarded && !discarded) {
            lapsed.add(new Transaction.Change(alert.life, transitions(alert), true));
            alert.changes.clear();
        }
        alert.life = life;
        alert.discarded = discarded;
        alert.write = true;
        for (Transition transition : transitions) {
            if (collapse && transition.kind() == ChangeKind.ESCALATED) {
                alert.changes.removeIf(change -> change.kind() == ChangeKind.ESCALATED);
            }
            alert.changes.add(new Numbered(number++, new Step.Changed(life.alert(), transition)));
        }
    }

    void routed(String alertId) {
        routed.add(alertId);
    }

    void derived(Telemetry telemetry) {
        derived.add(telemetry);
    }

    void diagnostic(Telemetry telemetry) {
        diagnostics.add(telemetry);
    }

    boolean isEmpty() {
        return touched.isEmpty() && routed.isEmpty() && derived.isEmpty() && diagnostics.isEmpty();
    }

    /** Closes the step: works out who hears, and what is written. */
    Step close(ClusterWatch watch, List<String> gone, List<String> forgotten) {
        for (String id : routed) {
            Life life = touched.containsKey(id) ? null : watch.book().life(id);
            if (life != null && life.alert().state() == AlertState.FIRING) {
                touched.computeIfAbsent(id, any -> new Touched()).life = life;
            }
        }
        List<Transaction.Change> changes = new ArrayList<>(lapsed);
        List<Notification> notifications = new ArrayList<>();
        List<Numbered> said = new ArrayList<>();
        for (Touched alert : touched.values()) {
            close(alert, watch, changes, notifications, said);
        }
        said.sort(Comparator.comparingInt(Numbered::number));
        List<Transaction.SourceSeen> seen =
                watch.sourcesToWrite().stream().map(StepLog::stored).toList();
        return new Step(
                new Transaction(
                        watch.cluster(), watch.epoch(), watch.now(), changes, notifications, seen, gone, diagnostics),
                said.stream().map(Numbered::change).toList(),
                derived,
                forgotten);
    }

    private void close(
            Touched alert,
            ClusterWatch watch,
            List<Transaction.Change> changes,
            List<Notification> notifications,
            List<Numbered> said) {
        List<Transition> transitions = transitions(alert);
        Set<String> routes = watch.session().routes(alert.life.alert().id());
        var announced = Announcements.of(
                alert.life, transitions, routes, watch.settings().receivers(), watch.now());
        Life life = announced.life();
        if (life != alert.life) {
            watch.book().heard(life);
        }
        if (alert.write || life != alert.life) {
            changes.add(new Transaction.Change(life, transitions, alert.discarded));
        }
        notifications.addAll(announced.notifications());
        for (int i = 0; i < alert.changes.size(); i++) {
            Numbered one = alert.changes.get(i);
            Transition transition = one.change().transition();
            boolean last = i == alert.changes.size() - 1;
            said.add(last ? new Numbered(one.number(), new Step.Changed(life.alert(), transition)) : one);
            metricAlert(one.change(), watch.now());
        }
    }

    private static List<Transition> transitions(Touched alert) {
        return alert.changes.stream().map(one -> one.change().transition()).toList();
    }

    private static Transaction.SourceSeen stored(SeenSource one) {
        return new Transaction.SourceSeen(one.node(), one.check(), one.lastSeen(), one.silent(), one.ttlMillis());
    }

    /** A threshold finding that opens is published as a metric alert too. */
    private void metricAlert(Step.Changed change, Instant now) {
        Alert alert = change.alert();
        if (change.transition().kind() == ChangeKind.FIRED
                && alert.node() != null
                && alert.symptom().value() != null
                && alert.symptom().limit() != null) {
            derived.add(new MetricAlert(
                    Head.of(alert.cluster(), alert.node(), now, null).labelled(alert.labels()),
                    alert.alertType(),
                    alert.symptom().value(),
                    alert.symptom().limit(),
                    alert.symptom().limitType(),
                    alert.severity() == Severity.CRITICAL ? Severity.CRITICAL : Severity.WARNING));
        }
    }
}
