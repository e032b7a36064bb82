package io.tocsin.model;

import java.util.List;

/**
 * A finding that stands, with the rule that says so and the facts it matched.
 *
 * @param finding what is wrong
 * @param rule the rule
 * @param facts what its left side matched, with the values it saw; at most 16
 * @param omitted how many facts more there were
 */
public record Standing(Finding finding, RuleRef rule, List<Object> facts, int omitted) {
    public Standing {
        facts = List.copyOf(facts);
    }

    /** The same as a reason that is stored with the alert. */
    public Because because() {
        return new Because(
                rule, finding.severity(), finding.message(), finding.holdFor(), finding.quietFor(), facts, omitted);
    }
}
