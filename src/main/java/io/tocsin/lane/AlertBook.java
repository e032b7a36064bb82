package io.tocsin.lane;

import io.tocsin.alert.Decision;
import io.tocsin.alert.Lifecycle;
import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleSession;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.Escalation;
import io.tocsin.model.Life;
import io.tocsin.model.Standing;
import io.tocsin.store.Restored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The open alerts of one monitored cluster: asks the lifecycle, tells the session, keeps deadlines, notes what changed. */
final class AlertBook {
    private final RuleSession session;
    private Lifecycle lifecycle;
    private final Reasons reasons;
    private final Tally tally;
    private final Map<AlertKey, Life> open = new HashMap<>();
    private final Map<String, AlertKey> byId = new HashMap<>();
    private final Map<AlertKey, Long> lives;
    private final Mutes mutes = new Mutes();
    private final Map<AlertKey, Long> lapsed = new HashMap<>();
    private final Deadlines deadlines = new Deadlines();
    private StepLog log = new StepLog();

    AlertBook(RuleSession session, Lifecycle lifecycle, Reasons reasons, Tally tally, Restored restored) {
        this.session = session;
        this.lifecycle = lifecycle;
        this.reasons = reasons;
        this.tally = tally;
        this.lives = new HashMap<>(restored.lives());
        restored.fired().forEach(one -> session.fired(one.key(), one.node(), one.at()));
        restored.muted().forEach(mutes::add);
        for (Life life : restored.open()) {
            open.put(life.alert().key(), life);
            byId.put(life.alert().id(), life.alert().key());
            session.put(life.alert());
        }
    }

    /** From now on decisions are made under these rules. */
    void under(Lifecycle other) {
        lifecycle = other;
    }

    StepLog log() {
        return log;
    }

    /** The log of the step so far; the next step gets a new one. */
    StepLog takeLog() {
        StepLog taken = log;
        log = new StepLog();
        lapsed.clear();
        return taken;
    }

    Life life(String alertId) {
        AlertKey key = byId.get(alertId);
        return key == null ? null : open.get(key);
    }

    Life life(AlertKey key) {
        return open.get(key);
    }

    Collection<Life> lives() {
        return open.values();
    }

    /** How many lives each key has had. */
    Map<AlertKey, Long> numbers() {
        return lives;
    }

    /** Remembers who was told, unless the alert is over. */
    void heard(Life life) {
        String id = life.alert().id();
        open.computeIfPresent(
                life.alert().key(),
                (key, old) -> old.alert().id().equals(id) && life.alert().open() ? life : old);
    }

    /** Whether every reading under an open alert is fresh, so that rules without it do not miss any of them. */
    boolean onFreshReadings(AlertKey key) {
        Life life = open.get(key);
        return life != null
                && life.because().stream().allMatch(because -> because.omitted() == 0)
                && session.lookup().allFresh(Reasons.facts(life));
    }

    /** A copy of the open alerts. */
    Map<AlertKey, Life> byKey() {
        return Map.copyOf(open);
    }

    /** A copy of the keys that somebody resolved by hand and that still hold. */
    Set<AlertKey> muted() {
        return mutes.keys();
    }

    /** The alerts that somebody resolved by hand and that still hold. */
    List<Life> mutes() {
        return mutes.lives();
    }

    Instant nextDeadline() {
        return deadlines.next();
    }

    /** Looks at every alert whose deadline is over. */
    void due(Instant now) {
        for (AlertKey key : deadlines.due(now)) {
            Life life = open.get(key);
            if (life == null) {
                consider(key, Cause.DEADLINE, now);
            } else {
                apply(lifecycle.decide(life, new Signal.AckExpired(), now), life, now);
                consider(key, Cause.DEADLINE, now);
                if (open.containsKey(key)) {
                    orders(open.get(key).alert().id(), now, false);
                }
            }
        }
    }

    /** Compares what rules say about a key with its alert. */
    void consider(AlertKey key, Cause cause, Instant now) {
        List<Standing> standing = reasons.standing(key);
        Life life = open.get(key);
        if (life == null) {
            if (standing.isEmpty() || !mutes.cover(key, standing)) {
                unmute(key, now);
            }
            if (!standing.isEmpty() && !mutes.cover(key, standing)) {
                open(key, standing, cause, now);
            }
            return;
        }
        apply(lifecycle.decide(life, reasons.findings(life, cause, now), now), life, now);
        schedule(key, now);
    }

    private void open(AlertKey key, List<Standing> standing, Cause cause, Instant now) {
        long number = lives.getOrDefault(key, 0L) + 1;
        long revision = lapsed.getOrDefault(key, 0L);
        Signal.Findings findings =
                new Signal.Findings(standing, List.of(), cause, reasons.fresh(standing), false, null);
        apply(lifecycle.open(key, new Lifecycle.Begin(number, revision), findings, now), null, now);
    }

    /** Gives a command to an alert; refused or done. */
    Decision command(Life life, Signal signal, Instant now) {
        Decision decision = lifecycle.decide(life, signal, now);
        apply(decision, life, now);
        return decision;
    }

    /** Resolves an alert by hand: what is stale under it goes with it, and what still holds is silent until it is clear. */
    Decision resolve(Life life, String by, Instant now) {
        AlertKey key = life.alert().key();
        Signal.Resolve resolve = new Signal.Resolve(by, reasons.support(key));
        Decision decision = lifecycle.decide(life, resolve, now);
        if (decision instanceof Decision.Changed changed) {
            List.copyOf(reasons.standing(key)).forEach(session::forget);
            apply(decision, life, now);
            mutes.add(changed.life());
        }
        return decision;
    }

    /** No longer silent about a key once nothing stands for it. */
    void unmuteIfClear(AlertKey key, Instant now) {
        if (reasons.standing(key).isEmpty()) {
            unmute(key, now);
        }
    }

    /** What is muted is looked at again then: what does not stand by that time is clear. */
    void lookAtMutes(Instant at) {
        mutes.keys().forEach(key -> deadlines.set(key, at));
    }

    private void unmute(AlertKey key, Instant now) {
        Life over = mutes.end(key, now);
        if (over != null) {
            log.changed(over, List.of(), false);
        }
    }

    private void apply(Decision decision, Life before, Instant now) {
        if (!(decision instanceof Decision.Changed changed)) {
            return;
        }
        Life life = changed.life();
        Alert alert = life.alert();
        AlertKey key = alert.key();
        if (changed.discarded() || !alert.open()) {
            open.remove(key);
            byId.remove(alert.id());
            deadlines.remove(key);
            session.stopAwaiting(key);
            session.put(alert);
            if (changed.discarded()) {
                lapsed.put(key, alert.revision());
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
            schedule(key, now);
        }
        log.changed(life, changed.transitions(), changed.discarded());
        changed.transitions().forEach(transition -> tally.transition(transition.kind()));
    }

    /** Sets when the alert is to be looked at next, and what it waits to hear of. */
    private void schedule(AlertKey key, Instant now) {
        Life life = open.get(key);
        if (life != null) {
            deadlines.set(key, reasons.nextLook(life, now));
            List<Because> lost = Lost.under(life);
            if (lost.isEmpty()) {
                session.stopAwaiting(key);
            } else {
                session.await(key, lost);
            }
        }
    }

    /**
     * Looks at the standing orders for an alert.
     *
     * @param fromNow whether an overdue level counts as reached now rather than when it was due
     * @return whether it escalated
     */
    boolean orders(String alertId, Instant now, boolean fromNow) {
        Life life = life(alertId);
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
            due.sort(Comparator.comparing(Escalation::after)
                    .thenComparing(Escalation::reason)
                    .thenComparing(order -> String.join(",", order.to())));
            apply(lifecycle.decide(life, new Signal.Escalate(due), fromNow ? now : next), life, now);
            return true;
        }
        if (!Objects.equals(next, alert.nextEscalationAt())) {
            Life planned = life.with(alert.planned(next));
            open.put(alert.key(), planned);
            log.changed(planned, List.of(), false);
            schedule(alert.key(), now);
        }
        return false;
    }
}
