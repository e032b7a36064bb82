package io.tocsin.alert;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Life;
import io.tocsin.model.Resolution;
import io.tocsin.model.Symptom;
import io.tocsin.model.Tracking;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A life while one signal works on it; never leaves this package. */
final class Draft {
    private final Life before;
    private final Instant now;
    private final String ruleHash;
    private final List<Transition> transitions = new ArrayList<>();
    private boolean touched;
    private boolean concluded;
    long revision;
    Symptom symptom;
    AlertState state;
    boolean stale;
    int level;
    Instant levelSince;
    Instant nextEscalationAt;
    Instant firedAt;
    Ack ack;
    Resolution resolution;
    List<Tracking.Hold> holds;
    Instant clearSince;
    Set<String> escalatedTo;
    List<Because> because;
    java.util.Map<String, String> labels;

    Draft(Life life, Instant now, String ruleHash) {
        this.before = life;
        this.now = now;
        this.ruleHash = ruleHash;
        Alert alert = life.alert();
        revision = alert.revision();
        symptom = alert.symptom();
        state = alert.state();
        stale = alert.stale();
        level = alert.level();
        levelSince = alert.levelSince();
        nextEscalationAt = alert.nextEscalationAt();
        firedAt = alert.firedAt();
        ack = alert.ack();
        resolution = alert.resolution();
        holds = life.tracking().holds();
        clearSince = life.tracking().clearSince();
        escalatedTo = new LinkedHashSet<>(life.tracking().escalatedTo());
        because = life.because();
        labels = alert.labels();
    }

    /** Notes a transition; the revision goes up by one. */
    Draft change(ChangeKind kind, Cause cause, String detail) {
        return change(kind, cause, detail, null, List.of());
    }

    Draft change(ChangeKind kind, Cause cause, String detail, String by, List<String> to) {
        revision++;
        transitions.add(new Transition(before.alert().id(), revision, kind, now, cause, detail, by, to));
        return this;
    }

    /** Notes that what is remembered changed, without a revision. */
    void touch() {
        touched = true;
    }

    /** Rules say that something stands, so no quiet time runs. */
    void goesOn() {
        concluded = true;
        if (clearSince != null) {
            clearSince = null;
            touch();
        }
    }

    /** Why it is open; to be remembered if the reasons are others or have held since another time, not for their values. */
    void stands(List<Because> reasons, List<Tracking.Hold> since) {
        if (!since.equals(holds) || !alike(reasons, because)) {
            touch();
        }
        holds = since;
        because = reasons;
    }

    private static boolean alike(List<Because> some, List<Because> others) {
        return some.size() == others.size()
                && some.stream().allMatch(one -> others.stream().anyMatch(one::like));
    }

    Decision decided(boolean discarded) {
        if (transitions.isEmpty() && !touched) {
            return new Decision.Nothing();
        }
        return new Decision.Changed(life(), transitions, discarded);
    }

    private Life life() {
        Alert old = before.alert();
        Alert alert = new Alert(
                old.id(),
                old.key(),
                old.node(),
                labels,
                symptom,
                state,
                stale,
                old.degraded(),
                level,
                levelSince,
                state == AlertState.FIRING ? nextEscalationAt : null,
                old.since(),
                firedAt,
                ack,
                resolution,
                transitions.isEmpty() ? old.updatedAt() : now,
                revision,
                // the rules that the reasons are from, which may be others than those that end the alert
                concluded ? ruleHash : old.ruleHash());
        Tracking tracking = new Tracking(
                before.tracking().life(),
                holds,
                clearSince,
                before.tracking().heard(),
                escalatedTo,
                before.tracking().passedOver());
        return new Life(
                alert,
                tracking,
                because.stream().map(one -> one.under(ruleHash)).toList());
    }
}
