package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Escalation;
import io.tocsin.model.Reading;
import io.tocsin.model.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a session holds: readings and sources, and what rules conclude of them. To read from; belongs to the same thread. */
public abstract sealed class SessionView permits RuleSession {
    final Conclusions conclusions;
    final Evidence evidence = new Evidence();
    final Memory memory;

    SessionView(RuleBook book, SessionSettings settings) {
        this.conclusions = new Conclusions(book, settings.cluster());
        this.memory = new Memory(settings, conclusions, evidence);
    }

    /** What stands for a key. */
    public List<Standing> findings(AlertKey key) {
        return conclusions.findings(key);
    }

    /** How many keys something stands for. */
    public int findings() {
        return conclusions.keys();
    }

    /** The standing orders for an alert. */
    public Set<Escalation> escalations(String alertId) {
        return conclusions.escalations(alertId).keySet();
    }

    /** The rule that gives an alert its standing orders; null if there are none. */
    public String ruleOfOrders(String alertId) {
        return conclusions.escalations(alertId).values().stream().findFirst().orElse(null);
    }

    /** The receivers that hear of an alert. */
    public Set<String> routes(String alertId) {
        return conclusions.routes(alertId);
    }

    /** The cluster's health, derived or received; null if neither. */
    public ClusterHealth health() {
        ClusterHealth derived = conclusions.health();
        return derived != null ? derived : memory.receivedHealth();
    }

    /** The health that rules concluded; null if they did not. */
    public ClusterHealth derivedHealth() {
        return conclusions.health();
    }

    /** Whether a reading under a finding is fresh: TRUE, FALSE, or null if no reading is under it. */
    public Boolean fresh(Standing standing) {
        return memory.lookup().fresh(standing.facts());
    }

    /** What is known now of the series and sources that facts were about. */
    public Lookup lookup() {
        return memory.lookup();
    }

    /** The newest reading of every series, in the order of their first appearance. */
    public List<Reading> readings() {
        return memory.readings();
    }

    /** Nodes and checks that ever reported. */
    public List<SeenSource> sources() {
        return memory.sources().all();
    }

    /** Shows the alerts that fired within the last hour, those of a key in their order. */
    public void eachFiring(FiredAlert visitor) {
        memory.times().recurrences().each(visitor);
    }

    /** How often each rule has fired in this session, and when it last did, milliseconds since 1970. */
    public Map<String, long[]> fired() {
        return conclusions.fired();
    }

    /** How many series it holds. */
    public int size() {
        return memory.series().size();
    }
}
