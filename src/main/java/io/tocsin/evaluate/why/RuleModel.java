package io.tocsin.evaluate.why;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Consequence;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.functions.accumulate.AccumulateFunction;

/**
 * A compiled rule beside its text.
 *
 * @param parts its left side, element by element
 * @param consequence its right side
 * @param anchor the part that says which node a match is about, the first pattern over something that has a node; -1 if none
 *     does
 */
record RuleModel(List<Part> parts, Consequence consequence, int anchor) {
    /**
     * One element of a left side.
     *
     * @param condition as compiled
     * @param results constraints on what an accumulate comes to, which the compiler keeps beside it
     * @param element as written
     */
    record Part(Condition condition, List<Pattern<?>> results, Element element, Map<Pattern<?>, List<Term>> terms) {
        Part(Condition condition, List<Pattern<?>> results, Element element) {
            this(condition, results, element, new HashMap<>());
            if (element != null && pattern() != null) {
                terms.put(pattern(), terms(pattern()));
            }
            if (element != null) {
                results.forEach(result -> terms.put(result, terms(result)));
            }
        }

        private List<Term> terms(Pattern<?> pattern) {
            return constraints(pattern.getConstraint()).stream()
                    .map(constraint -> Term.of(constraint, element))
                    .toList();
        }

        /** The pattern itself, or the only one inside. */
        Pattern<?> pattern() {
            Condition inner = condition;
            while (!(inner instanceof Pattern<?>) && inner.getSubConditions().size() == 1) {
                inner = inner.getSubConditions().get(0);
            }
            if (inner instanceof AccumulatePattern<?> accumulate) {
                inner = accumulate.getCondition();
            }
            return inner instanceof Pattern<?> pattern && !(inner instanceof AccumulatePattern<?>) ? pattern : null;
        }
    }

    /**
     * One constraint.
     *
     * @param constraint as compiled
     * @param text as written, on one line
     * @param line the line of the file
     * @param order its place among those of its element
     */
    record Term(Constraint constraint, String text, int line, int order) {
        private static Term of(Constraint constraint, Element element) {
            String text = written(constraint);
            int offset = element.offset(text);
            return new Term(constraint, text, element.line(text), offset < 0 ? Integer.MAX_VALUE : offset);
        }
    }

    /** A rule with its elements as they are written; those are left out where they cannot be told apart. */
    static RuleModel of(Rule rule, List<Element> elements, int line) {
        List<Condition> conditions = new ArrayList<>();
        rule.getView().getSubConditions().forEach(condition -> {
            if (condition.getType() != Condition.Type.CONSEQUENCE) {
                conditions.add(condition);
            }
        });
        List<Part> bare = merged(conditions);
        List<Part> parts = new ArrayList<>();
        int anchor = -1;
        for (int i = 0; i < bare.size(); i++) {
            Part part = bare.get(i);
            Element element = bare.size() == elements.size() ? elements.get(i) : new Element(word(part), line);
            parts.add(new Part(part.condition(), part.results(), element));
            if (anchor < 0
                    && part.condition().getType() == Condition.Type.PATTERN
                    && FactBase.aboutNodes(part.pattern().getPatternVariable().getType())) {
                anchor = i;
            }
        }
        return new RuleModel(List.copyOf(parts), rule.getDefaultConsequence(), anchor);
    }

    private static List<Part> merged(List<Condition> conditions) {
        List<Part> parts = new ArrayList<>();
        Set<String> results = new HashSet<>();
        for (Condition condition : conditions) {
            if (condition instanceof Pattern<?> pattern
                    && condition.getType() == Condition.Type.PATTERN
                    && results.contains(pattern.getPatternVariable().getName())) {
                parts.get(parts.size() - 1).results().add(pattern);
                continue;
            }
            parts.add(new Part(condition, new ArrayList<>(), null));
            if (condition instanceof AccumulatePattern<?> accumulate) {
                for (AccumulateFunction function : accumulate.getAccumulateFunctions()) {
                    results.add(function.getResult().getName());
                }
            }
        }
        return parts;
    }

    private static String word(Part part) {
        Pattern<?> pattern = part.pattern();
        String type =
                pattern == null ? "…" : pattern.getPatternVariable().getType().getSimpleName() + "(…)";
        return switch (part.condition().getType()) {
            case PATTERN -> type;
            case NOT -> "not " + type;
            case EXISTS -> "exists " + type;
            case ACCUMULATE -> "accumulate(" + type + ")";
            default -> part.condition().getType().name().toLowerCase(java.util.Locale.ROOT) + " …";
        };
    }

    /** The constraints of a pattern one by one, as the engine tries them. */
    private static List<Constraint> constraints(Constraint constraint) {
        if (constraint == null || constraint instanceof SingleConstraint single && single.getVariables().length == 0) {
            return List.of();
        }
        if (constraint instanceof SingleConstraint || constraint.getType() == Constraint.Type.OR) {
            return List.of(constraint);
        }
        List<Constraint> all = new ArrayList<>();
        constraint.getChildren().forEach(child -> all.addAll(constraints(child)));
        return all;
    }

    /** A constraint as it is written. */
    private static String written(Constraint constraint) {
        if (constraint.getType() == Constraint.Type.OR) {
            return String.join(
                    " || ",
                    constraint.getChildren().stream().map(RuleModel::written).toList());
        }
        return Element.oneLine(constraint.predicateInformation().getStringConstraint());
    }
}
