package io.tocsin.model;

import java.time.Duration;
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
 */
public record Because(
        RuleRef rule,
        Severity severity,
        String message,
        Duration holdFor,
        Duration quietFor,
        List<Object> facts,
        int omitted,
        String ruleHash) {
    public Because {
        facts = List.copyOf(facts);
    }

    /** A reason of the rule set that decides at present. */
    public Because(
            RuleRef rule,
            Severity severity,
            String message,
            Duration holdFor,
            Duration quietFor,
            List<Object> facts,
            int omitted) {
        this(rule, severity, message, holdFor, quietFor, facts, omitted, null);
    }

    /** The same with the rule set it belongs to, unless it knows one. */
    public Because under(String hash) {
        return ruleHash != null ? this : new Because(rule, severity, message, holdFor, quietFor, facts, omitted, hash);
    }
}
