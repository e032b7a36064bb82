package io.tocsin.evaluate.why;

import java.util.List;

/**
 * How near something that does not hold comes to holding; less is nearer.
 *
 * @param first where the first constraint stands that does not hold, counted from the end: what comes first says what a fact
 *     is about, what comes last how bad it is
 * @param failing how many do not hold
 * @param apart how far the figures of those are apart, relative to their limits
 */
record Nearness(int first, int failing, double apart) implements Comparable<Nearness> {
    private static final Nearness FARTHEST = new Nearness(Integer.MAX_VALUE, Integer.MAX_VALUE, Double.MAX_VALUE);

    static Nearness of(List<Verdict> verdicts, double apart) {
        int first = verdicts.size();
        int failing = 0;
        for (int i = verdicts.size() - 1; i >= 0; i--) {
            if (verdicts.get(i) != Verdict.HOLDS) {
                first = i;
                failing++;
            }
        }
        return new Nearness(verdicts.size() - first, failing, apart);
    }

    static Nearness of(Step step) {
        if (!step.checks().isEmpty()) {
            return of(verdicts(step.checks()), apart(step.checks()));
        }
        if (step.seen().isEmpty()) {
            return FARTHEST;
        }
        List<Check> checks = step.seen().get(0).checks();
        return of(verdicts(checks), apart(checks));
    }

    private static List<Verdict> verdicts(List<Check> checks) {
        return checks.stream().map(Check::verdict).toList();
    }

    static double apart(List<Check> checks) {
        double sum = 0;
        for (Check check : checks) {
            if (!check.holds() && check.by() != null && check.right() instanceof Number limit) {
                sum += check.by() / Math.max(1e-9, Math.abs(limit.doubleValue()));
            }
        }
        return sum;
    }

    @Override
    public int compareTo(Nearness other) {
        int byFirst = Integer.compare(first, other.first);
        int byFailing = byFirst != 0 ? byFirst : Integer.compare(failing, other.failing);
        return byFailing != 0 ? byFailing : Double.compare(apart, other.apart);
    }
}
