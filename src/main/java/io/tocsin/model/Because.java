package io.tocsin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One reason under an alert: a rule and the facts it matched, with their values at the time.
 *
 * @param rule the rule
 * @param severity how bad the rule finds it
 * @param message what the rule says
 * @param holdFor how long it had to hold
 * @param quietFor how long it must be gone
 * @param facts what it matched: {@link Reading}, {@link Source}, {@link Topology}, {@link Trend}, {@link Alert}, {@link TimeOfDay}, {@link Recurrence} or plain values;
 *     at most 16
 * @param omitted how many facts more there were
 * @param ruleHash the rule set that the rule was part of; null where it is the alert's own
 * @param lostAt when the rule stopped saying so without evidence, as a reading got lost: nobody knows since; null while it stands
 */
public record Because(
        RuleRef rule,
        Severity severity,
        String message,
        Duration holdFor,
        Duration quietFor,
        List<Object> facts,
        int omitted,
        String ruleHash,
        Instant lostAt) {
    public Because {
        facts = List.copyOf(facts);
    }

    /** A reason of the rule set that decides at present, which stands. */
    public Because(
            RuleRef rule,
            Severity severity,
            String message,
            Duration holdFor,
            Duration quietFor,
            List<Object> facts,
            int omitted) {
        this(rule, severity, message, holdFor, quietFor, facts, omitted, null, null);
    }

    /** The same with the rule set it belongs to, unless it knows one. */
    public Because under(String hash) {
        return ruleHash != null
                ? this
                : new Because(rule, severity, message, holdFor, quietFor, facts, omitted, hash, lostAt);
    }

    /** The same, lost at an instant, as far as these facts go. */
    public Because lost(Instant at, List<Object> unheard) {
        return new Because(rule, severity, message, holdFor, quietFor, unheard, omitted, ruleHash, at);
    }

    /** Whether it says the same of the same series as another one; values, and which of too many facts are kept, aside. */
    public boolean like(Because other) {
        return severity == other.severity
                && (lostAt == null) == (other.lostAt == null)
                && rule.name().equals(other.rule.name())
                && (omitted > 0 && other.omitted > 0 || other.reads(facts) && reads(other.facts));
    }

    private boolean reads(List<Object> others) {
        return others.stream().map(Because::series).allMatch(series -> series == null || reads(series));
    }

    /** Whether a series is under it. */
    public boolean reads(String series) {
        return facts.stream().anyMatch(fact -> series.equals(series(fact)));
    }

    /** The series that a fact is about; null if it is about none. */
    public static String series(Object fact) {
        return fact instanceof Reading reading ? reading.key() : fact instanceof Trend trend ? trend.key() : null;
    }
}
