package io.tocsin.evaluate.why;

import io.tocsin.evaluate.why.RuleModel.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.drools.model.Constraint;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;

/** The constraints of a pattern against one fact, one by one. */
final class Checks {
    private Checks() {}

    /** Whether each holds, in the order in which the engine tries them; no more is worked out. */
    static List<Verdict> verdicts(List<Term> terms, Bound bound) {
        List<Verdict> verdicts = new ArrayList<>(terms.size());
        for (Term term : terms) {
            verdicts.add(Truth.test(term.constraint(), bound));
        }
        return verdicts;
    }

    /**
     * Each with its values, as they are written.
     *
     * @param fact the fact that the constraints speak of
     * @param bound what is bound, the fact included
     */
    static List<Check> of(List<Term> terms, Object fact, Bound bound) {
        return terms.stream()
                .sorted(Comparator.comparingInt(Term::order))
                .map(term -> of(term, fact, bound))
                .toList();
    }

    private static Check of(Term term, Object fact, Bound bound) {
        String text = term.text();
        int line = term.line();
        Verdict verdict = Truth.test(term.constraint(), bound);
        if (verdict == Verdict.UNKNOWN) {
            return new Check(text, line, verdict, null, null, null, null, Map.of(), unknown(term.constraint(), bound));
        }
        Reader read = new Reader(text, fact, plain(bound));
        String operator = read.operator;
        if (operator != null && !agrees(read, verdict)) {
            operator = null;
        }
        return new Check(
                text,
                line,
                verdict,
                operator == null ? null : read.left,
                operator,
                operator == null ? null : read.right,
                operator == null ? null : apart(read.left, read.right),
                read.values(),
                null);
    }

    private static String unknown(Constraint constraint, Bound bound) {
        if (constraint instanceof SingleConstraint single) {
            String missing = bound.missing(single.getVariables());
            if (missing != null) {
                return missing.startsWith("$")
                        ? "cannot be said: nothing stands for " + name(missing) + " yet"
                        : "cannot be said: there is no such fact";
            }
        }
        return "cannot be said: it fails on a missing value when it is asked alone";
    }

    /** Variables under the names that the rule gives them. */
    static Bound plain(Bound bound) {
        Map<String, Object> plain = new java.util.LinkedHashMap<>();
        bound.values().forEach((name, value) -> plain.put(name(name), value));
        return new Bound(plain);
    }

    static String name(String variable) {
        return variable.replaceFirst("_\\d+_sCoPe$", "");
    }

    static String name(Variable<?> variable) {
        return name(variable.getName());
    }

    private static Double apart(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            double apart = Math.abs(a.doubleValue() - b.doubleValue());
            return Double.isFinite(apart) ? apart : null;
        }
        return null;
    }

    /** Whether what was read leads to what the engine's own predicate says; else the figures would mislead. */
    private static boolean agrees(Reader read, Verdict verdict) {
        Object left = read.left;
        Object right = read.right;
        if (left instanceof Number a && right instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            boolean holds = switch (read.operator) {
                case "==" -> x == y;
                case "!=" -> x != y;
                case "<" -> x < y;
                case "<=" -> x <= y;
                case ">" -> x > y;
                case ">=" -> x >= y;
                default -> verdict == Verdict.FAILS;
            };
            return holds == (verdict == Verdict.HOLDS);
        }
        return switch (read.operator) {
            case "==" -> Objects.equals(left, right) == (verdict == Verdict.HOLDS);
            case "!=" -> Objects.equals(left, right) == (verdict == Verdict.FAILS);
            default -> true;
        };
    }
}
