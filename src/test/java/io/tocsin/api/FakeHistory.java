package io.tocsin.api;

import io.tocsin.model.Alert;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Transition;
import io.tocsin.store.Diagnostics;
import io.tocsin.store.Figures;
import io.tocsin.store.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory that remembers what it was asked. */
final class FakeHistory implements History {
    final Map<String, Life> lives = new LinkedHashMap<>();
    final List<Transition> transitions = new ArrayList<>();
    final List<Notification> notifications = new ArrayList<>();
    final Map<String, RuleInfo> rules = new LinkedHashMap<>();
    final List<Diagnostics.Kept> diagnostics = new ArrayList<>();
    volatile Query asked;
    volatile Diagnostics.Query askedDiagnostics;
    volatile Instant since;
    volatile String thread;
    volatile RuntimeException fault;

    @Override
    public Page alerts(Query query) {
        visit();
        asked = query;
        if ("broken".equals(query.cursor())) {
            throw new IllegalArgumentException("cursor");
        }
        List<Alert> found = lives.values().stream()
                .map(Life::alert)
                .filter(alert -> query.states().isEmpty() || query.states().contains(alert.state()))
                .filter(alert ->
                        query.severities() == null || query.severities().contains(alert.severity()))
                .filter(alert -> query.cluster() == null || query.cluster().equals(alert.cluster()))
                .filter(alert -> query.node() == null || query.node().equals(alert.node()))
                .filter(alert -> query.alertType() == null || query.alertType().equals(alert.alertType()))
                .toList();
        boolean more = found.size() > query.limit();
        return new Page(more ? found.subList(0, query.limit()) : found, more ? "next" : null);
    }

    @Override
    public Optional<Life> life(String alertId) {
        visit();
        return Optional.ofNullable(lives.get(alertId));
    }

    @Override
    public List<Transition> transitions(String alertId) {
        return transitions.stream().filter(t -> t.alertId().equals(alertId)).toList();
    }

    @Override
    public List<Notification> notifications(String alertId) {
        return notifications.stream().filter(n -> n.alertId().equals(alertId)).toList();
    }

    @Override
    public Optional<RuleInfo> rule(String ruleHash, String name) {
        return Optional.ofNullable(rules.get(ruleHash + name));
    }

    @Override
    public Diagnostics.Page diagnostics(Diagnostics.Query query) {
        visit();
        askedDiagnostics = query;
        return new Diagnostics.Page(List.copyOf(diagnostics), null);
    }

    @Override
    public Optional<Diagnostics.Kept> diagnostic(String id) {
        visit();
        return diagnostics.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public long resolvedSince(Instant since) {
        visit();
        return 7;
    }

    @Override
    public Stats stats(Instant from) {
        visit();
        since = from;
        return new Stats(
                new Figures(3, 1, 12.5, null),
                Map.of(
                        "memory is above 85 percent",
                        new Figures(2, 1, 12.5, 60.0),
                        "memory is at 95 percent or more",
                        new Figures(1, 0, null, null)),
                Map.of("memory_usage", 3L),
                Map.of("warning", new Figures(2, 1, 12.5, 60.0), "critical", new Figures(1, 0, null, null)),
                Map.of("n1", new Figures(3, 1, 12.5, 60.0)),
                Map.of("slack", Map.of("sent", 3L)));
    }

    private void visit() {
        thread = Thread.currentThread().getName();
        if (fault != null) {
            throw fault;
        }
    }
}
