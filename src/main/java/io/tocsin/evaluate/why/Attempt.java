package io.tocsin.evaluate.why;

import java.util.List;

/**
 * How far a rule gets with one fact to begin with.
 *
 * @param about the fact of the node that was asked about; null where the rule is about no node, or there is no such fact
 * @param steps every element of the left side, in order; what follows one that fails is looked at as if it held
 * @param holds whether all do
 * @param conclusion what the right side says, or would say: a finding, an order, a route or a health; null if it cannot be
 *     worked out from what was found
 */
public record Attempt(Object about, List<Step> steps, boolean holds, Object conclusion) {
    public Attempt {
        steps = List.copyOf(steps);
    }

    /** The first element that does not hold; null if all do. */
    public Step broken() {
        return steps.stream().filter(step -> !step.holds()).findFirst().orElse(null);
    }
}
