package io.tocsin.evaluate.why;

import io.tocsin.model.Wire;
import java.util.List;
import java.util.Map;

/**
 * One element of a rule's left side against the facts.
 *
 * @param kind what kind of element
 * @param source how it is written and where
 * @param verdict whether it holds, given what the elements before it found
 * @param type the type of fact that it looks at, such as {@code ResourceUsage}; empty for a group
 * @param examined how many facts of that type there are; of the node that was asked about where the element is the first
 *     about a node
 * @param matched how many of them fulfil it
 * @param seen the fact that matches or comes nearest; for {@code not} those in the way, for an accumulate some that count
 *     and some that nearly do
 * @param checks constraints on the result of an accumulate
 * @param results what an accumulate came to, by variable
 */
public record Step(
        Kind kind,
        Element source,
        Verdict verdict,
        String type,
        int examined,
        int matched,
        List<Near> seen,
        List<Check> checks,
        Map<String, Object> results) {
    public Step {
        seen = List.copyOf(seen);
        checks = List.copyOf(checks);
    }

    /** Whether it holds. */
    public boolean holds() {
        return verdict == Verdict.HOLDS;
    }

    /** Kinds of elements. */
    public enum Kind implements Wire {
        /** Some fact fulfils all constraints. */
        MATCH,
        /** No fact does. */
        NOT,
        /** Any fact does, whichever. */
        EXISTS,
        /** All facts do. */
        FORALL,
        /** A figure or a collection over all facts that do. */
        ACCUMULATE,
        /** Elements joined by {@code or}, or in brackets. */
        GROUP
    }

    /**
     * A fact that was looked at.
     *
     * @param fact the fact
     * @param matches whether it fulfils all constraints
     * @param checks the constraints one by one, as they are written
     */
    public record Near(Object fact, boolean matches, List<Check> checks) {
        public Near {
            checks = List.copyOf(checks);
        }
    }
}
