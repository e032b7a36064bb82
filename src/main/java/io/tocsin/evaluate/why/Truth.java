package io.tocsin.evaluate.why;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.drools.model.AccumulatePattern;
import org.drools.model.Binding;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.SingleConstraint;

/**
 * Whether conditions hold over some facts, by the predicates that the compiled rule carries. Looks at every combination where
 * the engine keeps a network; for one question that is fast enough.
 */
final class Truth {
    private final FactBase facts;
    private final Budget budget;

    Truth(FactBase facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
    }

    /** A kind of condition that this does not know. */
    static final class Opaque extends RuntimeException {
        private static final long serialVersionUID = 1;

        Opaque(Condition condition) {
            super(condition.getType().name(), null, false, false);
        }
    }

    /**
     * Goes through the ways in which a condition holds until it is told to stop.
     *
     * @param stop given what is bound then; true to stop
     * @return whether it was stopped
     */
    boolean each(Condition condition, Bound bound, Predicate<Bound> stop) {
        return switch (condition.getType()) {
            case PATTERN -> pattern((Pattern<?>) condition, bound, stop);
            case AND -> all(condition.getSubConditions(), 0, bound, stop);
            case OR -> condition.getSubConditions().stream().anyMatch(one -> each(one, bound, stop));
            case NOT -> !exists(condition.getSubConditions(), bound) && stop.test(bound);
            case EXISTS -> exists(condition.getSubConditions(), bound) && stop.test(bound);
            case FORALL -> always(condition, bound) && stop.test(bound);
            case ACCUMULATE -> {
                Bound after = new Accumulation((AccumulatePattern<?>) condition, this, bound).bound();
                yield after != null && stop.test(after);
            }
            case CONSEQUENCE -> stop.test(bound);
            default -> throw new Opaque(condition);
        };
    }

    boolean exists(List<Condition> conditions, Bound bound) {
        return all(conditions, 0, bound, any -> true);
    }

    private boolean all(List<Condition> conditions, int index, Bound bound, Predicate<Bound> stop) {
        return index == conditions.size()
                ? stop.test(bound)
                : each(conditions.get(index), bound, after -> all(conditions, index + 1, after, stop));
    }

    /** Whether every fact that fulfils the first condition fulfils the others. */
    private boolean always(Condition forall, Bound bound) {
        List<Condition> parts = new ArrayList<>(forall.getSubConditions());
        if (parts.size() == 1 && parts.get(0).getType() == Condition.Type.AND) {
            parts = new ArrayList<>(parts.get(0).getSubConditions());
        }
        if (parts.size() == 1 && parts.get(0) instanceof Pattern<?> only) {
            return facts.of(only.getPatternVariable().getType()).stream()
                    .allMatch(fact -> fulfils(only, fact, bound) != null);
        }
        List<Condition> rest = parts.subList(1, parts.size());
        // the engine does not match a forall of several patterns while nothing fulfils the first one
        return each(parts.get(0), bound, any -> true) && !each(parts.get(0), bound, after -> !exists(rest, after));
    }

    private boolean pattern(Pattern<?> pattern, Bound bound, Predicate<Bound> stop) {
        if (bound.has(pattern.getPatternVariable())) {
            Bound after = fulfils(pattern, bound.get(pattern.getPatternVariable()), bound);
            return after != null && stop.test(after);
        }
        for (Object fact : facts.of(pattern.getPatternVariable().getType())) {
            if (!budget.spend()) {
                return false;
            }
            Bound after = fulfils(pattern, fact, bound);
            if (after != null && stop.test(after)) {
                return true;
            }
        }
        return false;
    }

    /** What is bound if a fact fulfils a pattern; null if it does not. */
    Bound fulfils(Pattern<?> pattern, Object fact, Bound bound) {
        Bound after = bind(pattern, fact, bound);
        return test(pattern.getConstraint(), after) == Verdict.HOLDS ? after : null;
    }

    /** What is bound with a fact in a pattern, whether it fulfils it or not. */
    static Bound bind(Pattern<?> pattern, Object fact, Bound bound) {
        Bound after = bound.with(pattern.getPatternVariable(), fact);
        for (Binding binding : pattern.getBindings()) {
            Object[] inputs = after.all(binding.getInputVariables());
            if (inputs != null) {
                try {
                    after = after.with(binding.getBoundVariable(), binding.eval(inputs));
                } catch (RuntimeException noValue) {
                    // a guard before it fails then; without the variable whatever needs it is unknown
                    continue;
                }
            }
        }
        return after;
    }

    static Verdict test(Constraint constraint, Bound bound) {
        if (constraint instanceof SingleConstraint single) {
            return test(single, bound);
        }
        Verdict decides = Verdict.of(constraint.getType() == Constraint.Type.OR);
        Verdict sum = Verdict.of(decides == Verdict.FAILS);
        for (Constraint part : constraint.getChildren()) {
            Verdict verdict = test(part, bound);
            if (verdict == decides) {
                return verdict;
            }
            sum = verdict == Verdict.UNKNOWN ? verdict : sum;
        }
        return sum;
    }

    private static Verdict test(SingleConstraint single, Bound bound) {
        Object[] inputs = bound.all(single.getVariables());
        if (inputs == null) {
            return Verdict.UNKNOWN;
        }
        try {
            return Verdict.of(single.getPredicate().test(inputs));
        } catch (Exception thrown) {
            return Verdict.UNKNOWN;
        }
    }

    FactBase facts() {
        return facts;
    }
}
