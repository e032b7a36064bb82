package io.tocsin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An alert in few words: of what a test does not say it is the plainest. */
public final class AnAlert {
    private final AlertKey key;
    private String id;
    private String node;
    private Map<String, String> labels = Map.of();
    private Severity severity = Severity.WARNING;
    private String message = "warning";
    private Double value;
    private Double limit;
    private LimitType limitType;
    private Map<String, Object> context = Map.of();
    private Duration quietFor = Duration.ZERO;
    private String runbook;
    private List<RuleRef> rules = List.of();
    private AlertState state = AlertState.FIRING;
    private boolean stale;
    private boolean degraded;
    private int level;
    private Instant levelSince;
    private Instant nextEscalationAt;
    private Instant since;
    private Instant firedAt;
    private Ack ack;
    private Resolution resolution;
    private Instant updatedAt;
    private long revision = 1;
    private String ruleHash = "hash";

    private AnAlert(AlertKey key) {
        this.key = key;
    }

    /** The first life of a key: a warning that fires since an instant, about a node called like its subject. */
    public static AnAlert of(AlertKey key, Instant since) {
        AnAlert alert = new AnAlert(key);
        alert.id = key.id(1);
        alert.node = key.subject();
        alert.since = since;
        alert.levelSince = since;
        alert.firedAt = since;
        alert.updatedAt = since;
        return alert;
    }

    public static AnAlert like(Alert other) {
        AnAlert alert = new AnAlert(other.key());
        alert.id = other.id();
        alert.node = other.node();
        alert.labels = other.labels();
        alert.symptom(other.symptom());
        alert.state = other.state();
        alert.stale = other.stale();
        alert.degraded = other.degraded();
        alert.level = other.level();
        alert.levelSince = other.levelSince();
        alert.nextEscalationAt = other.nextEscalationAt();
        alert.since = other.since();
        alert.firedAt = other.firedAt();
        alert.ack = other.ack();
        alert.resolution = other.resolution();
        alert.updatedAt = other.updatedAt();
        alert.revision = other.revision();
        alert.ruleHash = other.ruleHash();
        return alert;
    }

    private void symptom(Symptom symptom) {
        severity = symptom.severity();
        message = symptom.message();
        value = symptom.value();
        limit = symptom.limit();
        limitType = symptom.limitType();
        context = symptom.context();
        quietFor = symptom.quietFor();
        runbook = symptom.runbook();
        rules = symptom.rules();
    }

    public AnAlert id(String id) {
        this.id = id;
        return this;
    }

    public AnAlert node(String node) {
        this.node = node;
        return this;
    }

    public AnAlert labels(Map<String, String> labels) {
        this.labels = labels;
        return this;
    }

    public AnAlert says(Severity severity, String message) {
        this.severity = severity;
        this.message = message;
        return this;
    }

    public AnAlert severity(Severity severity) {
        return says(severity, message);
    }

    public AnAlert value(double value, Double limit, LimitType type) {
        this.value = value;
        this.limit = limit;
        this.limitType = type;
        return this;
    }

    public AnAlert context(Map<String, Object> context) {
        this.context = context;
        return this;
    }

    public AnAlert quietFor(Duration quietFor) {
        this.quietFor = quietFor;
        return this;
    }

    public AnAlert runbook(String runbook) {
        this.runbook = runbook;
        return this;
    }

    public AnAlert rules(RuleRef... rules) {
        this.rules = List.of(rules);
        return this;
    }

    public AnAlert state(AlertState state) {
        this.state = state;
        return this;
    }

    public AnAlert stale() {
        this.stale = true;
        return this;
    }

    public AnAlert level(int level) {
        this.level = level;
        return this;
    }

    public AnAlert firedAt(Instant firedAt) {
        this.firedAt = firedAt;
        return this;
    }

    public AnAlert ack(Ack ack) {
        this.ack = ack;
        return this;
    }

    public AnAlert resolution(Resolution resolution) {
        this.resolution = resolution;
        return this;
    }

    public AnAlert revision(long revision, Instant updatedAt) {
        this.revision = revision;
        this.updatedAt = updatedAt;
        return this;
    }

    public AnAlert ruleHash(String ruleHash) {
        this.ruleHash = ruleHash;
        return this;
    }

    public Alert alert() {
        Symptom symptom = new Symptom(severity, message, value, limit, limitType, context, quietFor, runbook, rules);
        return new Alert(
                id,
                key,
                node,
                labels,
                symptom,
                state,
                stale,
                degraded,
                level,
                levelSince,
                nextEscalationAt,
                since,
                firedAt,
                ack,
                resolution,
                updatedAt,
                revision,
                ruleHash);
    }

    /** It with what the lifecycle remembers of a first life that nobody heard of. */
    public Life life(Because... because) {
        return new Life(alert(), new Tracking(1, List.of(), null, Set.of(), Set.of()), List.of(because));
    }
}
