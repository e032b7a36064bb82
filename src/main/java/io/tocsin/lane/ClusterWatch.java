package io.tocsin.lane;

import io.tocsin.alert.Decision;
import io.tocsin.alert.Lifecycle;
import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleFault;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.evaluate.SeenSource;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Escalation;
import io.tocsin.model.Event;
import io.tocsin.model.Life;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.Reading;
import io.tocsin.model.Standing;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Timing;
import io.tocsin.store.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The watch over one monitored cluster: its session, its open alerts and their deadlines. Telemetry, commands and time go
 * in; {@link #drain} gives what was decided. Pure but for its own state: no clock, no I/O, one thread. So a live run, a
 * scenario and a replay are the same code.
 */
public final class ClusterWatch implements AutoCloseable {
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_LEVELS = 200;
    private static final Duration SOURCES_WRITTEN_EVERY = Duration.ofSeconds(60);

    private final RuleBook book;
    private final WatchSettings settings;
    private final Lifecycle lifecycle;
    private final long epoch;
    private final Instant restoredAt;
    private final Map<AlertKey, Life> open = new HashMap<>();
    private final Map<String, AlertKey> byId = new HashMap<>();
    private final Map<AlertKey, Long> lives;
    private final Set<AlertKey> muted = new HashSet<>();
    private final Map<AlertKey, Standing> own = new HashMap<>();
    private final Set<AlertKey> ownDirty = new LinkedHashSet<>();
    private final Deadlines deadlines = new Deadlines();
    private final TimingWindows timings = new TimingWindows();
    private final Tally tally = new Tally();
    private RuleSession session;
    private StepLog log = new StepLog();
    private ClusterHealth health;
    private Instant now;
    private Instant sourcesWritten;

    /** Takes up what is stored of a cluster; the step that this makes is drained like any other. */
    public ClusterWatch(RuleBook book, WatchSettings settings, Restored restored, Instant now) {
        this.book = book;
        this.settings = settings;
        this.lifecycle = new Lifecycle(book.hash());
        this.epoch = restored.epoch();
        this.lives = new HashMap<>(restored.lives());
        this.restoredAt = now;
        this.now = now;
        this.sourcesWritten = now;
        this.session = new RuleSession(book, settings.session(), now);
        restore(restored);
    }

    private void restore(Restored restored) {
        log.collapseEscalations();
        restored.sources()
                .forEach(source -> session.restoreSource(
                        source.node(), source.check(), source.lastSeen(), source.silent(), source.ttlMillis(), now));
        Map<String, Reading> readings = new HashMap<>();
        for (Life life : restored.open()) {
            life.because().forEach(because -> because.facts().forEach(fact -> newest(readings, fact)));
        }
        readings.values().stream()
                .sorted(java.util.Comparator.comparing(Reading::key))
                .forEach(reading -> session.restore(reading, now));
        for (Life life : restored.open()) {
            open.put(life.alert().key(), life);
            byId.put(life.alert().id(), life.alert().key());
            session.put(life.alert());
        }
        settle(Cause.RESTORE);
        for (Life life : restored.open()) {
            consider(life.alert().key(), Cause.RESTORE, false);
            orders(life.alert().id());
        }
        settle(Cause.RESTORE);
        runDeadlines(now);
    }

    private static void newest(Map<String, Reading> readings, Object fact) {
        if (fact instanceof Reading reading) {
            readings.merge(reading.key(), reading, (a, b) -> a.receivedAt().isBefore(b.receivedAt()) ? b : a);
        }
    }

    /** Evaluates telemetry that came in at an instant, after all that was due before it. */
    public void put(List<Telemetry> batch, Instant at) {
        advance(at);
        for (Telemetry telemetry : batch) {
            if (telemetry instanceof Reading reading) {
                put(reading);
            } else {
                happened((Event) telemetry);
            }
        }
        settle(Cause.READING);
    }

    private void put(Reading reading) {
        if (reading instanceof PerformanceAnalysis) {
            log.diagnostic(reading);
        }
        RuleSession.Put put = offer(reading);
        if (put == RuleSession.Put.AGAIN) {
            settle(Cause.READING);
            put = offer(reading);
        }
        tally.count(put);
    }

    private RuleSession.Put offer(Reading reading) {
        try {
            return session.put(reading);
        } catch (RuntimeException thrown) {
            quarantine(session.fault(thrown));
            return RuleSession.Put.TAKEN;
        }
    }

    private void happened(Event event) {
        if (event instanceof Timing timing) {
            timings.add(timing, now);
        } else {
            log.diagnostic(event);
        }
        tally.event();
    }

    /** Moves time on, stopping at everything that is due, in order. */
    public void advance(Instant to) {
        runDeadlines(to);
        if (to.isAfter(now)) {
            now = to;
            session.advance(to);
        }
    }

    private void runDeadlines(Instant to) {
        for (Instant due = nextDue(); due != null && !due.isAfter(to); due = nextDue()) {
            if (due.isAfter(now)) {
                now = due;
                session.advance(due);
            }
            runDue(due);
        }
    }

    private void runDue(Instant due) {
        for (Reading reading : timings.due(due)) {
            log.derived(reading);
            put(reading);
        }
        settle(Cause.READING);
        Instant expiry = session.nextExpiry();
        if (expiry != null && !expiry.isAfter(due)) {
            try {
                session.expire(due);
            } catch (RuntimeException thrown) {
                quarantine(session.fault(thrown));
            }
            settle(Cause.EXPIRY);
        }
        for (AlertKey key : deadlines.due(due)) {
            deadline(key);
        }
        settle(Cause.DEADLINE);
    }

    private void deadline(AlertKey key) {
        Life life = open.get(key);
        if (life == null) {
            return;
        }
        apply(key, lifecycle.decide(life, new Signal.AckExpired(), now));
        consider(key, Cause.DEADLINE, false);
        if (open.containsKey(key)) {
            orders(open.get(key).alert().id());
        }
    }

    /** When {@link #advance} has something to do next; null if never. */
    public Instant nextDue() {
        return Deadlines.earliest(deadlines.next(), Deadlines.earliest(session.nextExpiry(), timings.next()));
    }

    /** Somebody answers an alert. */
    public CommandResult acknowledge(String alertId, Signal.Acknowledge answer, Instant at) {
        advance(at);
        return command(alertId, answer);
    }

    /** Somebody says that an alert is over. */
    public CommandResult resolve(String alertId, String by, Instant at) {
        advance(at);
        AlertKey key = byId.get(alertId);
        if (key == null) {
            return CommandResult.unknown(alertId);
        }
        List<Standing> standing = List.copyOf(standing(key));
        String support = null;
        for (Standing one : standing) {
            if (support == null && Boolean.TRUE.equals(session.fresh(one))) {
                support = "a fresh reading supports it: " + one.finding().message() + " (rule \""
                        + one.rule().name() + "\")";
            }
        }
        Signal.Resolve resolve = new Signal.Resolve(by, support);
        if (lifecycle.decide(open.get(key), resolve, now) instanceof Decision.Refused refused) {
            return CommandResult.refused(refused.reason());
        }
        muted.add(key);
        standing.forEach(session::forget);
        CommandResult result = command(alertId, resolve);
        if (standing(key).isEmpty()) {
            muted.remove(key);
        }
        return result;
    }

    private CommandResult command(String alertId, Signal signal) {
        AlertKey key = byId.get(alertId);
        if (key == null) {
            return CommandResult.unknown(alertId);
        }
        Decision decision = lifecycle.decide(open.get(key), signal, now);
        if (decision instanceof Decision.Refused refused) {
            return CommandResult.refused(refused.reason());
        }
        Alert alert = apply(key, decision);
        settle(Cause.COMMAND);
        Life life = open.get(key);
        return CommandResult.done(life != null && life.alert().id().equals(alertId) ? life.alert() : alert);
    }

    /** Fires, lets the lifecycle decide, tells the rules, until nothing changes. */
    private void settle(Cause why) {
        Cause cause = why;
        for (int rounds = 0, levels = 0; ; ) {
            RuleFault fault = fire();
            if (fault != null) {
                quarantine(fault);
                cause = Cause.RESTORE;
                continue;
            }
            Set<AlertKey> evidence = session.drainEvidence();
            List<AlertKey> keys = new ArrayList<>(session.drainKeys());
            keys.addAll(ownDirty);
            ownDirty.clear();
            List<String> ids = session.drainIds();
            if (keys.isEmpty() && ids.isEmpty()) {
                break;
            }
            if (!keys.isEmpty() && ++rounds > MOST_ROUNDS) {
                restless(keys.get(0));
                rounds = 0;
                cause = Cause.RESTORE;
            }
            for (AlertKey key : keys) {
                consider(key, cause, cause == Cause.READING || evidence.contains(key));
            }
            for (String id : ids) {
                log.routed(id);
                levels += orders(id, levels > MOST_LEVELS) ? 1 : 0;
            }
        }
        noteHealth();
    }

    private RuleFault fire() {
        try {
            session.fire();
            return null;
        } catch (RuleFault fault) {
            return fault;
        }
    }

    private void noteHealth() {
        ClusterHealth is = session.healthIsDerived() ? session.health() : null;
        if (is != null && !is.equals(health)) {
            log.derived(
                    is.with(new io.tocsin.model.Head(settings.cluster(), null, now, now, Map.of(), null, true, null)));
        }
        health = is;
    }

    private void quarantine(RuleFault fault) {
        String culprit;
        try {
            culprit = session.quarantine(fault.rule());
        } catch (RuntimeException again) {
            culprit = session.quarantine(session.fault(again).rule());
        }
        tally.fault(culprit, fault.getMessage());
        String rule = culprit == null ? "unknown" : culprit;
        AlertKey key = new AlertKey(settings.cluster(), "rule_quarantined", rule);
        own.put(key, OwnFindings.quarantined(book.ref(rule), fault.getMessage()));
        ownDirty.add(key);
        if (culprit == null) {
            throw new IllegalStateException(
                    "rules of cluster " + settings.cluster() + " fail and no single one is to blame: "
                            + fault.getMessage(),
                    fault);
        }
    }

    private void restless(AlertKey key) {
        List<Standing> standing = standing(key);
        Life life = open.get(key);
        String rule = !standing.isEmpty()
                ? standing.get(0).rule().name()
                : life != null && !life.because().isEmpty()
                        ? life.because().get(0).rule().name()
                        : null;
        quarantine(OwnFindings.restless(rule, key));
    }

    private List<Standing> standing(AlertKey key) {
        Standing mine = own.get(key);
        return mine == null ? session.findings(key) : List.of(mine);
    }

    private void consider(AlertKey key, Cause cause, boolean evidence) {
        List<Standing> standing = standing(key);
        Life life = open.get(key);
        if (life == null) {
            if (standing.isEmpty()) {
                muted.remove(key);
            } else if (!muted.contains(key)) {
                Signal.Findings findings = new Signal.Findings(standing, cause, evidence, fresh(standing), false, null);
                apply(key, lifecycle.open(key, lives.getOrDefault(key, 0L) + 1, findings, now));
            }
            return;
        }
        Boolean fresh = fresh(standing);
        boolean proven = evidence && !orphaned(life);
        Instant blind = Boolean.FALSE.equals(fresh) && now.isBefore(graceUntil()) ? restoredAt : null;
        Signal.Findings findings = new Signal.Findings(standing, cause, proven, fresh, noNews(life, standing), blind);
        apply(key, lifecycle.decide(life, findings, now));
        schedule(key);
    }

    private Instant graceUntil() {
        return restoredAt.plus(settings.session().defaultTtl());
    }

    /** Whether a rule under the alert is in quarantine: its silence says nothing. */
    private boolean orphaned(Life life) {
        Set<String> quarantined = session.quarantined();
        return !quarantined.isEmpty()
                && life.because().stream()
                        .anyMatch(because -> quarantined.contains(because.rule().name()));
    }

    private Boolean fresh(List<Standing> standing) {
        Boolean any = null;
        for (Standing one : standing) {
            Boolean fresh = session.fresh(one);
            if (fresh == null || fresh) {
                if (fresh != null) {
                    return true;
                }
            } else {
                any = false;
            }
        }
        return any;
    }

    private boolean noNews(Life life, List<Standing> standing) {
        Instant limit = newsLimit(life, standing);
        return limit != null && !limit.isAfter(now);
    }

    /** When an alert that nothing fresh supports is given up; null while something does. */
    private Instant newsLimit(Life life, List<Standing> standing) {
        if (!life.alert().stale() && !standing.isEmpty()
                || own.containsKey(life.alert().key())) {
            return null;
        }
        Instant last = life.alert().updatedAt();
        for (Because because : life.because()) {
            Instant news = session.lastNews(because.facts());
            last = news == null ? last : news;
        }
        return last.plus(settings.session().staleAfter());
    }

    private Alert apply(AlertKey key, Decision decision) {
        if (!(decision instanceof Decision.Changed changed)) {
            Life life = open.get(key);
            return life == null ? null : life.alert();
        }
        Life life = changed.life();
        Alert alert = life.alert();
        if (changed.discarded() || !alert.open()) {
            open.remove(key);
            byId.remove(alert.id());
            deadlines.remove(key);
            session.stopAwaiting(key);
            if (changed.discarded()) {
                session.forget(alert);
            } else {
                session.put(alert);
            }
        } else {
            open.put(key, life);
            byId.put(alert.id(), key);
            if (!changed.transitions().isEmpty()) {
                session.put(alert);
            }
            if (alert.state() != AlertState.PENDING) {
                lives.put(key, life.tracking().life());
            }
            schedule(key);
        }
        if (!changed.transitions().isEmpty()) {
            log.changed(life, changed.transitions(), changed.discarded());
            changed.transitions().forEach(transition -> tally.transition(transition.kind()));
        }
        return alert;
    }

    /** Sets when the alert is to be looked at next, and what evidence it waits for. */
    private void schedule(AlertKey key) {
        Life life = open.get(key);
        if (life == null) {
            return;
        }
        List<Standing> standing = standing(key);
        Alert alert = life.alert();
        Instant next = Lifecycle.nextHold(life, standing, now);
        if (alert.state() == AlertState.PENDING
                && now.isBefore(graceUntil())
                && alert.since().isBefore(restoredAt)) {
            next = Deadlines.earliest(next, graceUntil());
        }
        Instant clear = life.tracking().clearSince();
        if (clear != null) {
            next = Deadlines.earliest(next, clear.plus(alert.symptom().quietFor()));
        }
        if (alert.ack() != null) {
            next = Deadlines.earliest(next, alert.ack().expiresAt());
        }
        next = Deadlines.earliest(next, alert.nextEscalationAt());
        next = Deadlines.earliest(next, newsLimit(life, standing));
        deadlines.set(key, next);
        if (standing.isEmpty() && clear == null) {
            List<Object> facts = new ArrayList<>();
            life.because().forEach(because -> facts.addAll(because.facts()));
            session.await(key, facts);
        } else {
            session.stopAwaiting(key);
        }
    }

    private void orders(String alertId) {
        orders(alertId, false);
    }

    /** Looks at the standing orders for an alert; whether it escalated, at the instant it was due or, if asked, now. */
    private boolean orders(String alertId, boolean fromNow) {
        AlertKey key = byId.get(alertId);
        Life life = key == null ? null : open.get(key);
        if (life == null || life.alert().state() != AlertState.FIRING) {
            return false;
        }
        Alert alert = life.alert();
        Instant next = null;
        List<Escalation> due = new ArrayList<>();
        for (Escalation order : session.escalations(alertId)) {
            if (order.level() == alert.level() + 1) {
                Instant at = alert.levelSince().plus(order.after());
                next = Deadlines.earliest(next, at);
                if (!at.isAfter(now)) {
                    due.add(order);
                }
            }
        }
        if (!due.isEmpty()) {
            due.sort(java.util.Comparator.comparing(Escalation::after).thenComparing(Escalation::reason));
            apply(key, lifecycle.decide(life, new Signal.Escalate(due), fromNow ? now : next));
            return true;
        }
        if (!java.util.Objects.equals(next, alert.nextEscalationAt())) {
            Life planned = Plans.next(life, next);
            open.put(key, planned);
            log.changed(planned, List.of(), false);
            schedule(key);
        }
        return false;
    }

    /** What was decided since the last call. */
    public Step drain() {
        List<SeenSource> sources = session.drainSources();
        if (!now.isBefore(sourcesWritten.plus(SOURCES_WRITTEN_EVERY))) {
            Instant since = sourcesWritten;
            sources = session.sources().stream()
                    .filter(source -> !source.lastSeen().isBefore(since))
                    .toList();
            sourcesWritten = now;
        }
        Step step = log.close(session, open, byId, settings, epoch, sources, session.drainGone(), now);
        log = new StepLog();
        return step;
    }

    /** The monitored cluster. */
    public String cluster() {
        return settings.cluster();
    }

    /** The instant it has reached. */
    public Instant now() {
        return now;
    }

    /** How many open alerts are in each state. */
    public Map<AlertState, Long> states() {
        Map<AlertState, Long> states = new java.util.EnumMap<>(AlertState.class);
        open.values().forEach(life -> states.merge(life.alert().state(), 1L, Long::sum));
        return states;
    }

    /** The owner's epoch. */
    public long epoch() {
        return epoch;
    }

    /** Open alerts, pending ones included. */
    public List<Alert> alerts() {
        return open.values().stream().map(Life::alert).toList();
    }

    /** The alert with this id, if it is open. */
    public boolean knows(String alertId) {
        return byId.containsKey(alertId);
    }

    /** The session, to read from. */
    public RuleSession session() {
        return session;
    }

    /** What was counted. */
    public Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        session.close();
    }
}
