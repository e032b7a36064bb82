package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Origin;
import io.tocsin.model.Route;
import io.tocsin.model.Standing;
import java.util.ArrayList;
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
    private RuleBook book;
    private final Findings findings;
    private Map<String, Map<Escalation, String>> escalations = new HashMap<>();
    private Multi<String, String> routes = new Multi<>();
    private final LinkedHashSet<ClusterHealth> healths = new LinkedHashSet<>();
    private final Map<String, long[]> fired = new HashMap<>();
    private Set<AlertKey> dirtyKeys = new LinkedHashSet<>();
    private Set<String> dirtyIds = new LinkedHashSet<>();
    private Stood stood;
    private volatile Match match;
    private boolean said;

    Conclusions(RuleBook book, String cluster) {
        this.book = book;
        this.findings = new Findings(book, cluster);
    }

    @Override
    public void beforeMatchFired(BeforeMatchFiredEvent event) {
        match = event.getMatch();
        said = false;
    }

    @Override
    public void afterMatchFired(AfterMatchFiredEvent event) {
        long[] counted = fired.computeIfAbsent(rule(), name -> new long[2]);
        counted[0]++;
        counted[1] = event.getKieRuntime().getSessionClock().getCurrentTime();
        if (!said) {
            findings.again(match, dirtyKeys::add);
        }
        match = null;
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
        Object fact = event.getObject();
        said = true;
        if (fact instanceof Finding finding) {
            dirtyKeys.add(findings.stand(finding, match));
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
        // conclusions never are
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
        Object fact = event.getOldObject();
        if (fact instanceof Finding finding) {
            AlertKey key = findings.withdraw(finding);
            if (key != null) {
                dirtyKeys.add(key);
            }
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

    /** How many keys something stands for. */
    int keys() {
        return findings.all().size();
    }

    List<Standing> findings(AlertKey key) {
        return findings.get(key);
    }

    Set<AlertKey> keysUnder(String series) {
        return findings.under(series);
    }

    /** A reading came in: of what several readings say in the same words, one may be over without a word. */
    void heard(String series) {
        findings.shared(series, dirtyKeys::add);
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
        findings.restate(dirtyKeys);
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
        stood = new Stood(findings.all(), escalations, routes, due);
        findings.under(other);
    }

    /** How often each rule has fired so far, and when it last did, milliseconds since 1970. */
    Map<String, long[]> fired() {
        return fired;
    }

    /** Forgets what stands, as the session it came from is gone; everything that stood is to be looked at again. */
    void restart() {
        dirtyKeys.addAll(findings.all().keySet());
        dirtyIds.addAll(escalations.keySet());
        dirtyIds.addAll(routes.keys());
        findings.clear();
        escalations = new HashMap<>();
        routes = new Multi<>();
        healths.clear();
        match = null;
    }
}
