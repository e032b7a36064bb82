package io.tocsin.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with an alert's subject at present: the worst of the findings under the alert that have held long enough.
 *
 * @param severity how bad
 * @param message one line for people
 * @param value the figure that is wrong; null if there is none
 * @param limit the limit it crossed; null if there is none
 * @param limitType which side of the limit is bad; null if there is none
 * @param context free-form details
 * @param quietFor how long it must be gone before the alert resolves
 * @param runbook where to read what to do; null if there is none
 * @param rules the rules that say so
 */
public record Symptom(
        Severity severity,
        String message,
        Double value,
        Double limit,
        LimitType limitType,
        Map<String, Object> context,
        Duration quietFor,
        String runbook,
        List<RuleRef> rules) {
    public Symptom {
        context = Values.copy(context);
        rules = List.copyOf(rules);
    }
}
