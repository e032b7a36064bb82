package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Origin;
import io.tocsin.model.Reading;
import io.tocsin.model.Recurrence;
import io.tocsin.model.Route;
import io.tocsin.model.Source;
import io.tocsin.model.Standing;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.event.rule.ObjectUpdatedEvent;
import org.kie.api.event.rule.RuleRuntimeEventListener;
import org.kie.api.runtime.rule.Match;

/**
 * What rules conclude at present. Listens to a session; inserts and deletes are not changes (the same conclusion may go
 * and come within one fire), so it keeps what stands and marks what to look at.
 */
final class Conclusions extends DefaultAgendaEventListener implements RuleRuntimeEventListener {
    private static final int MOST_FACTS = 16;

    private RuleBook book;
    private final String cluster;
    private Map<AlertKey, List<Standing>> findings = new HashMap<>();
    private final Multi<String, AlertKey> under = new Multi<>();
    private Map<String, Map<Escalation, String>> escalations = new HashMap<>();
    private Multi<String, String> routes = new Multi<>();
    private final LinkedHashSet<ClusterHealth> healths = new LinkedHashSet<>();
    private final Map<String, long[]> fired = new HashMap<>();
    private Set<AlertKey> dirtyKeys = new LinkedHashSet<>();
    private Set<String> dirtyIds = new LinkedHashSet<>();
    private Stood stood;
    private volatile Match match;

    Conclusions(RuleBook book, String cluster) {
        this.book = book;
        this.cluster = cluster;
    }

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        match = event.getMatch();
    }

    @Override
    public void afterMatchFired(AfterMatchFiredEvent event) {
        long[] counted = fired.computeIfAbsent(rule(), name -> new long[2]);
        counted[0]++;
        counted[1] = event.getKieRuntime().getSessionClock().getCurrentTime();
        match = null;
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
        Object fact = event.getObject();
        if (fact instanceof Finding finding) {
            stand(finding);
        } else if (fact instanceof Escalation order) {
            escalations.merge(order.alertId(), Map.of(order, rule()), Conclusions::both);
            dirtyIds.add(order.alertId());
        } else if (fact instanceof Route route) {
            routes.add(route.alertId(), route.receiver());
            dirtyIds.add(route.alertId());
        } else if (fact instanceof ClusterHealth health && health.origin() == Origin.DERIVED) {
            healths.add(health);
        }
    }

    @Override
    public void objectUpdated(ObjectUpdatedEvent event) {
        // readings and alerts only; conclusions are never updated
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
        Object fact = event.getOldObject();
        if (fact instanceof Finding finding) {
            withdraw(finding);
        } else if (fact instanceof Escalation order) {
            escalations.computeIfPresent(order.alertId(), (id, orders) -> without(orders, order));
            dirtyIds.add(order.alertId());
        } else if (fact instanceof Route route) {
            routes.remove(route.alertId(), route.receiver());
            dirtyIds.add(route.alertId());
        } else if (fact instanceof ClusterHealth health && health.origin() == Origin.DERIVED) {
            healths.remove(health);
        }
    }

    /** Orders of one alert are few and seldom two at a time, so they are copied. */
    private static Map<Escalation, String> both(Map<Escalation, String> orders, Map<Escalation, String> more) {
        Map<Escalation, String> both = new HashMap<>(orders);
        both.putAll(more);
        return Map.copyOf(both);
    }

    private static Map<Escalation, String> without(Map<Escalation, String> orders, Escalation order) {
        Map<Escalation, String> left = new HashMap<>(orders);
        left.remove(order);
        return left.isEmpty() ? null : Map.copyOf(left);
    }

    private void stand(Finding finding) {
        AlertKey key = new AlertKey(cluster, finding.alertType(), finding.subject());
        List<Object> facts = new ArrayList<>();
        int omitted = match == null ? 0 : facts(facts);
        findings.computeIfAbsent(key, k -> new ArrayList<>(2))
                .add(new Standing(finding, match == null ? book.ref("-") : book.ref(match), facts, omitted));
        for (Object fact : facts) {
            if (series(fact) != null) {
                under.add(series(fact), key);
            }
        }
        dirtyKeys.add(key);
    }

    /** The facts of the match that fires; those that accumulates collected are copied one by one, as their lists live on. */
    private int facts(List<Object> facts) {
        Set<Object> seen = new LinkedHashSet<>();
        match.getObjects().forEach(fact -> collect(fact, seen));
        seen.stream().limit(MOST_FACTS).forEach(facts::add);
        return seen.size() - facts.size();
    }

    /** An accumulate hands over its result, a collection, or an array of results when it has several functions. */
    private static void collect(Object fact, Set<Object> seen) {
        if (fact instanceof Collection<?> collected) {
            collected.forEach(one -> collect(one, seen));
        } else if (fact instanceof Object[] results) {
            for (Object result : results) {
                collect(result, seen);
            }
        } else if (worthKeeping(fact)) {
            seen.add(fact);
        }
    }

    /** The series that a fact is about; null if it is about none. */
    static String series(Object fact) {
        return fact instanceof Reading reading ? reading.key() : fact instanceof Trend trend ? trend.key() : null;
    }

    private static boolean worthKeeping(Object fact) {
        return fact instanceof Reading
                || fact instanceof Source
                || fact instanceof Topology
                || fact instanceof Trend
                || fact instanceof TimeOfDay
                || fact instanceof Recurrence
                || fact instanceof Number
                || fact instanceof String;
    }

    private void withdraw(Finding finding) {
        AlertKey key = new AlertKey(cluster, finding.alertType(), finding.subject());
        List<Standing> standing = findings.get(key);
        if (standing == null) {
            return;
        }
        for (int i = 0; i < standing.size(); i++) {
            if (standing.get(i).finding().equals(finding)) {
                Standing gone = standing.remove(i);
                release(key, gone, standing);
                break;
            }
        }
        if (standing.isEmpty()) {
            findings.remove(key);
        }
        dirtyKeys.add(key);
    }

    private void release(AlertKey key, Standing gone, List<Standing> left) {
        for (Object fact : gone.facts()) {
            String series = series(fact);
            if (series != null && left.stream().noneMatch(other -> reads(other, series))) {
                under.remove(series, key);
            }
        }
    }

    private static boolean reads(Standing standing, String series) {
        return standing.facts().stream().anyMatch(fact -> series.equals(series(fact)));
    }

    List<Standing> findings(AlertKey key) {
        return findings.getOrDefault(key, List.of());
    }

    Set<AlertKey> keysUnder(String series) {
        return under.get(series);
    }

    /** The rule whose right side runs at present, as the engine calls it; null if none does. */
    String firing() {
        Match now = match;
        return now == null ? null : now.getRule().getName();
    }

    /** The standing orders for an alert, each with the rule that gives it. */
    Map<Escalation, String> escalations(String alertId) {
        return escalations.getOrDefault(alertId, Map.of());
    }

    private String rule() {
        return match == null ? "-" : book.ref(match).name();
    }

    Set<String> routes(String alertId) {
        return routes.get(alertId);
    }

    /** The derived health; null if no rule derives one. */
    ClusterHealth health() {
        return healths.stream().reduce((earlier, later) -> later).orElse(null);
    }

    void touch(AlertKey key) {
        dirtyKeys.add(key);
    }

    void touch(String alertId) {
        dirtyIds.add(alertId);
    }

    List<AlertKey> drainKeys() {
        if (dirtyKeys.isEmpty()) {
            return List.of();
        }
        if (stood != null) {
            dirtyKeys.removeIf(key -> stood.same(key, findings(key)));
        }
        List<AlertKey> keys = new ArrayList<>(dirtyKeys);
        keys.sort(Comparator.comparing(AlertKey::alertType).thenComparing(AlertKey::subject));
        dirtyKeys = new LinkedHashSet<>();
        return keys;
    }

    List<String> drainIds() {
        if (stood != null) {
            dirtyIds.removeIf(id -> stood.same(id, escalations(id), routes(id)));
            stood = null;
        }
        if (dirtyIds.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>(dirtyIds);
        ids.sort(null);
        dirtyIds = new LinkedHashSet<>();
        return ids;
    }

    /** From the next session on these rules conclude; what others did is not counted any longer. */
    void under(RuleBook other) {
        book = other;
        fired.clear();
        Set<Object> due = new HashSet<>(dirtyKeys);
        due.addAll(dirtyIds);
        stood = new Stood(findings, escalations, routes, due);
    }

    /** How often each rule has fired so far, and when it last did, milliseconds since 1970. */
    Map<String, long[]> fired() {
        return fired;
    }

    /** Forgets what stands, as the session it came from is gone; everything that stood is to be looked at again. */
    void restart() {
        dirtyKeys.addAll(findings.keySet());
        dirtyIds.addAll(escalations.keySet());
        dirtyIds.addAll(routes.keys());
        findings = new HashMap<>();
        under.clear();
        escalations = new HashMap<>();
        routes = new Multi<>();
        healths.clear();
        match = null;
    }
}
