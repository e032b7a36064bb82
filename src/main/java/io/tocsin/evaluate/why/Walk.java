package io.tocsin.evaluate.why;

import io.tocsin.evaluate.why.RuleModel.Part;
import io.tocsin.evaluate.why.Step.Kind;
import io.tocsin.evaluate.why.Step.Near;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Pattern;

/**
 * Goes through a rule element by element. Where several facts fulfil one it follows each until the whole rule holds; where
 * none does it goes on with the nearest, so that what comes after is told too.
 */
final class Walk {
    private static final int MOST_SEEN = 3;
    private static final int MOST_COMPARED = 20;

    private final RuleModel rule;
    private final Truth truth;
    private final Budget budget;
    private Object begin;

    Walk(RuleModel rule, FactBase facts, Budget budget) {
        this.rule = rule;
        this.truth = new Truth(facts, budget);
        this.budget = budget;
    }

    /** How far it gets with one fact at the anchor; null for none. */
    Path from(Object fact) {
        begin = fact;
        return go(0, Bound.NOTHING);
    }

    private Path go(int index, Bound bound) {
        if (index == rule.parts().size()) {
            return Path.end(bound);
        }
        Part part = rule.parts().get(index);
        return switch (part.condition().getType()) {
            case PATTERN -> match(part, index, bound);
            case ACCUMULATE -> accumulate(part, index, bound);
            case NOT -> absent(part, index, bound);
            case EXISTS -> present(part, index, bound);
            default -> group(part, index, bound);
        };
    }

    private Path match(Part part, int index, Bound bound) {
        Pattern<?> pattern = part.pattern();
        Class<?> type = pattern.getPatternVariable().getType();
        boolean anchor = index == rule.anchor();
        List<Object> candidates = !anchor ? truth.facts().of(type) : begin == null ? List.of() : List.of(begin);
        int examined = anchor ? truth.facts().ofNode(type).size() : candidates.size();
        Path best = null;
        Object chosen = null;
        int matched = 0;
        for (Object fact : candidates) {
            if (!budget.spend() || best != null && best.holds()) {
                break;
            }
            Bound after = truth.fulfils(pattern, fact, bound);
            if (after != null) {
                matched++;
                Path rest = go(index + 1, after);
                if (best == null || rest.nearerThan(best)) {
                    best = rest;
                    chosen = fact;
                }
            }
        }
        if (best == null) {
            return miss(part, index, bound, candidates, examined);
        }
        Step step = step(Kind.MATCH, part, true, examined, matched, List.of(near(part, chosen, bound)));
        return new Path(step, best, best.bound());
    }

    private Path miss(Part part, int index, Bound bound, List<Object> candidates, int examined) {
        Pattern<?> pattern = part.pattern();
        List<Near> seen = nearest(part, candidates, bound, 1);
        Bound after = seen.isEmpty() ? bound : Truth.bind(pattern, seen.get(0).fact(), bound);
        Path rest = go(index + 1, after);
        return new Path(step(Kind.MATCH, part, false, examined, 0, seen), rest, rest.bound());
    }

    private Path absent(Part part, int index, Bound bound) {
        List<Bound> inTheWay = new ArrayList<>();
        int[] count = new int[1];
        truth.each(inner(part), bound, found -> {
            if (count[0]++ < MOST_SEEN) {
                inTheWay.add(found);
            }
            return false;
        });
        List<Near> seen = inTheWay.stream()
                .flatMap(found -> found.values().entrySet().stream()
                        .filter(entry -> !bound.values().containsKey(entry.getKey()))
                        .map(Map.Entry::getValue))
                .filter(fact -> Shown.name(fact) != null)
                .limit(MOST_SEEN)
                .map(fact -> new Near(
                        fact,
                        true,
                        part.pattern() == null
                                ? List.of()
                                : near(part, fact, bound).checks()))
                .toList();
        Path rest = go(index + 1, bound);
        Step step = step(Kind.NOT, part, count[0] == 0, examined(part), count[0], seen);
        return new Path(step, rest, rest.bound());
    }

    private Path present(Part part, int index, Bound bound) {
        boolean holds = truth.exists(List.of(inner(part)), bound);
        Pattern<?> pattern = part.pattern();
        List<Near> seen = pattern == null
                ? List.of()
                : nearest(part, truth.facts().of(pattern.getPatternVariable().getType()), bound, 1);
        Path rest = go(index + 1, bound);
        return new Path(step(Kind.EXISTS, part, holds, examined(part), holds ? 1 : 0, seen), rest, rest.bound());
    }

    private static Condition inner(Part part) {
        return part.condition().getSubConditions().get(0);
    }

    private Path accumulate(Part part, int index, Bound bound) {
        Accumulation sum = new Accumulation((AccumulatePattern<?>) part.condition(), truth, bound);
        Bound after = sum.bound() == null ? bound : sum.bound();
        boolean holds = sum.bound() != null;
        List<Check> checks = new ArrayList<>();
        for (Pattern<?> result : part.results()) {
            Object value = after.get(result.getPatternVariable());
            holds &= truth.fulfils(result, value, after) != null;
            checks.addAll(Checks.of(part.terms().get(result), value, after));
        }
        Map<String, Object> results = new LinkedHashMap<>();
        sum.results().forEach((name, value) -> results.put(Checks.name(name), value));
        Step step = new Step(
                Kind.ACCUMULATE,
                part.element(),
                Verdict.of(holds),
                type(part),
                examined(part),
                sum.count(),
                counted(part, sum, bound),
                checks,
                results);
        Path rest = go(index + 1, after);
        return new Path(step, rest, rest.bound());
    }

    /** Some facts that count, then some of the same node that nearly do. */
    private List<Near> counted(Part part, Accumulation sum, Bound bound) {
        List<Near> seen = new ArrayList<>();
        Pattern<?> pattern = part.pattern();
        sum.counted().stream()
                .limit(MOST_SEEN)
                .forEach(fact -> seen.add(pattern == null ? new Near(fact, true, List.of()) : near(part, fact, bound)));
        if (pattern != null) {
            Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());
            counted.addAll(sum.counted());
            List<Object> others = truth
                    .facts()
                    .ofNode(pattern.getPatternVariable().getType())
                    .stream()
                    .filter(fact -> !counted.contains(fact))
                    .toList();
            seen.addAll(nearest(part, others, bound, MOST_SEEN));
        }
        return seen;
    }

    private Path group(Part part, int index, Bound bound) {
        Path[] best = new Path[1];
        boolean holds = truth.each(part.condition(), bound, after -> {
            Path rest = go(index + 1, after);
            Path path = new Path(step(Kind.GROUP, part, true, 0, 1, List.of()), rest, rest.bound());
            best[0] = path.nearerThan(best[0]) ? path : best[0];
            return path.holds();
        });
        if (holds || best[0] != null) {
            return best[0];
        }
        Path rest = go(index + 1, bound);
        return new Path(step(Kind.GROUP, part, false, 0, 0, List.of()), rest, rest.bound());
    }

    private List<Near> nearest(Part part, List<Object> facts, Bound bound, int most) {
        record Ranked(Object fact, Nearness nearness) {}
        Pattern<?> pattern = part.pattern();
        List<Ranked> ranked = new ArrayList<>();
        for (Object fact : facts) {
            if (!budget.spend()) {
                break;
            }
            Bound after = Truth.bind(pattern, fact, bound);
            ranked.add(new Ranked(fact, Nearness.of(Checks.verdicts(part.terms().get(pattern), after), 0)));
        }
        ranked.sort(Comparator.comparing(Ranked::nearness));
        // figures are read of those only that may come first
        List<Ranked> top = new ArrayList<>(ranked.subList(0, Math.min(ranked.size(), MOST_COMPARED)));
        if (top.size() > 1) {
            top.replaceAll(one -> new Ranked(
                    one.fact(),
                    new Nearness(
                            one.nearness().first(),
                            one.nearness().failing(),
                            Nearness.apart(near(part, one.fact(), bound).checks()))));
            top.sort(Comparator.comparing(Ranked::nearness));
        }
        return top.stream()
                .limit(most)
                .map(one -> near(part, one.fact(), bound))
                .toList();
    }

    private static Near near(Part part, Object fact, Bound bound) {
        Bound after = Truth.bind(part.pattern(), fact, bound);
        List<Check> checks = Checks.of(part.terms().get(part.pattern()), fact, after);
        return new Near(fact, Truth.test(part.pattern().getConstraint(), after) == Verdict.HOLDS, checks);
    }

    private int examined(Part part) {
        return part.pattern() == null
                ? 0
                : truth.facts()
                        .of(part.pattern().getPatternVariable().getType())
                        .size();
    }

    private static String type(Part part) {
        return part.pattern() == null
                ? ""
                : part.pattern().getPatternVariable().getType().getSimpleName();
    }

    private static Step step(Kind kind, Part part, boolean holds, int examined, int matched, List<Near> seen) {
        Verdict verdict = holds ? Verdict.HOLDS : unknown(kind, seen) ? Verdict.UNKNOWN : Verdict.FAILS;
        return new Step(kind, part.element(), verdict, type(part), examined, matched, seen, List.of(), Map.of());
    }

    /** Whether nothing is found wrong but nothing can be said either, as an element before it found no fact. */
    private static boolean unknown(Kind kind, List<Near> seen) {
        return kind == Kind.MATCH
                && !seen.isEmpty()
                && seen.stream().allMatch(near -> near.checks().stream().noneMatch(c -> c.verdict() == Verdict.FAILS));
    }
}
