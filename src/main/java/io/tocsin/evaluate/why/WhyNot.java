package io.tocsin.evaluate.why;

import java.util.ArrayList;
import java.util.List;
import org.drools.model.Rule;

/** Explains one rule against any facts. Holds no state, so several threads may ask at a time. */
public final class WhyNot {
    private static final int MOST_LOOKS = 500_000;
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_BEGINNINGS = 2_000;

    private final RuleModel rule;

    /**
     * For a compiled rule.
     *
     * @param rule as the engine was given it
     * @param elements its left side as it is written
     * @param line the line of the rule, for what cannot be found in the text
     */
    public WhyNot(Rule rule, List<Element> elements, int line) {
        this.rule = RuleModel.of(rule, elements, line);
    }

    /** The types of facts that the rule looks at. */
    public List<Class<?>> types() {
        return new Types(rule).all();
    }

    /**
     * What the rule makes of some facts.
     *
     * @param all every fact of a session of the rule's types
     * @param node the node that a match is to be about; null for any
     */
    public Explanation of(List<Object> all, String node) {
        FactBase facts = new FactBase(all, node);
        Budget budget = new Budget(MOST_LOOKS);
        Walk walk = new Walk(rule, facts, budget);
        boolean ofNode = rule.anchor() >= 0;
        try {
            List<Path> paths = new ArrayList<>();
            List<Object> beginnings = beginnings(facts);
            for (Object begin : beginnings) {
                if (!budget.over()) {
                    paths.add(walk.from(begin));
                }
            }
            if (beginnings.isEmpty()) {
                paths.add(walk.from(null));
            }
            return explanation(paths, beginnings, ofNode, !budget.over());
        } catch (Truth.Opaque other) {
            return new Explanation(false, false, ofNode, List.of(), 0, other.getMessage());
        }
    }

    private List<Object> beginnings(FactBase facts) {
        if (rule.anchor() < 0) {
            return List.of();
        }
        Class<?> type =
                rule.parts().get(rule.anchor()).pattern().getPatternVariable().getType();
        return facts.ofNode(type).stream().limit(MOST_BEGINNINGS).toList();
    }

    private Explanation explanation(List<Path> paths, List<Object> beginnings, boolean ofNode, boolean complete) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            order.add(i);
        }
        order.sort(
                (a, b) -> paths.get(a).nearerThan(paths.get(b)) ? paths.get(b).nearerThan(paths.get(a)) ? 0 : -1 : 1);
        boolean holds = paths.stream().anyMatch(Path::holds);
        List<Attempt> attempts = new ArrayList<>();
        int omitted = 0;
        for (int i : order) {
            Path path = paths.get(i);
            if (holds ? path.holds() : alike(path, paths.get(order.get(0)))) {
                if (attempts.size() == MOST_ATTEMPTS) {
                    omitted++;
                } else {
                    attempts.add(attempt(path, beginnings.isEmpty() ? null : beginnings.get(i)));
                }
            }
        }
        boolean all = complete && beginnings.size() < MOST_BEGINNINGS;
        return new Explanation(holds, all, ofNode, attempts, omitted, null);
    }

    /** Whether one path ends as far on as the nearest; one that ends before is about something else. */
    private static boolean alike(Path path, Path nearest) {
        List<Step> mine = path.steps();
        List<Step> others = nearest.steps();
        for (int i = 0; i < mine.size(); i++) {
            if (mine.get(i).holds() != others.get(i).holds()) {
                return false;
            }
            if (!mine.get(i).holds()) {
                return Nearness.of(mine.get(i)).first()
                        == Nearness.of(others.get(i)).first();
            }
        }
        return true;
    }

    private Attempt attempt(Path path, Object about) {
        return new Attempt(about, path.steps(), path.holds(), Conclusion.of(rule.consequence(), path.bound()));
    }
}
