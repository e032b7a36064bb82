package io.tocsin.alert;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.Finding;
import io.tocsin.model.Life;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Standing;
import io.tocsin.model.Text;
import io.tocsin.model.Tracking;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Alerts to begin a test with. */
final class Lives {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final AlertKey KEY = new AlertKey("default", "memory_usage", "n1");
    static final String RULES_THEN = "hash1";

    private Lives() {}

    static Standing standing(String rule, Severity severity, String holdFor) {
        return standing(rule, severity, holdFor, severity.wire());
    }

    static Standing standing(String rule, Severity severity, String holdFor, String message) {
        Finding finding =
                Finding.of("memory_usage", "n1").severity(severity, message).holdFor(holdFor);
        return new Standing(finding, new RuleRef(rule, "x.drl", 1), List.of(), 0);
    }

    private static Life life(AlertState state, int seconds, Ack ack, Resolution resolution) {
        Instant since = NOW.minusSeconds(seconds);
        Alert alert = AnAlert.of(KEY, since)
                .rules(new RuleRef("r", "x.drl", 1))
                .state(state)
                .firedAt(state == AlertState.PENDING ? null : since)
                .ack(ack)
                .resolution(resolution)
                .ruleHash(RULES_THEN)
                .alert();
        var holds = List.of(new Tracking.Hold("r", Severity.WARNING, since));
        return new Life(alert, new Tracking(1, holds, null, Set.of("log"), Set.of()), List.of());
    }

    /** Pending for so many seconds. */
    static Life pending(int seconds) {
        return life(AlertState.PENDING, seconds, null, null);
    }

    static Life firing() {
        return life(AlertState.FIRING, 60, null, null);
    }

    static Life acknowledged(String lasts) {
        Instant expires = lasts == null ? null : NOW.plus(Text.duration(lasts));
        return life(AlertState.ACKNOWLEDGED, 60, new Ack(NOW.minusSeconds(30), "bob", "", expires, false), null);
    }

    static Life resolved() {
        return life(AlertState.RESOLVED, 60, null, new Resolution(NOW.minusSeconds(5), "back to normal", null));
    }

    private static Life with(Life life, UnaryOperator<AnAlert> change) {
        return life.with(change.apply(AnAlert.like(life.alert())).alert());
    }

    static Life with(Life life, Severity severity) {
        return with(life, alert -> alert.severity(severity));
    }

    static Life quiet(Life life, String quietFor) {
        return with(life, alert -> alert.quietFor(Text.duration(quietFor)));
    }

    static Life level(Life life, int level) {
        return with(life, alert -> alert.level(level));
    }

    static Life stale(Life life) {
        return with(life, AnAlert::stale);
    }

    static Life holding(Life life, String rule, Severity severity, Instant since) {
        Tracking t = life.tracking();
        var holds = List.of(new Tracking.Hold(rule, severity, since));
        return new Life(
                life.alert(),
                new Tracking(t.life(), holds, t.clearSince(), t.heard(), t.escalatedTo()),
                life.because());
    }

    static Life heard(Life life, Set<String> heard, Set<String> escalatedTo) {
        Tracking t = life.tracking();
        return new Life(
                life.alert(), new Tracking(t.life(), t.holds(), t.clearSince(), heard, escalatedTo), life.because());
    }

    static List<Transition> transitions(Decision decision) {
        return decision instanceof Decision.Changed changed ? changed.transitions() : List.of();
    }

    static Life after(Decision decision, Life before) {
        return decision instanceof Decision.Changed changed ? changed.life() : before;
    }

    static AlertState state(Decision decision, Life before) {
        return after(decision, before).alert().state();
    }
}
