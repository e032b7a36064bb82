package io.tocsin.evaluate.why;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps from one element of a rule to its end.
 *
 * @param step the element; null behind the last one
 * @param rest what follows; null behind the last one
 * @param bound what is bound at the end
 */
record Path(Step step, Path rest, Bound bound) {
    static Path end(Bound bound) {
        return new Path(null, null, bound);
    }

    boolean holds() {
        return step == null || step.holds() && rest.holds();
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Path path = this; path.step != null; path = path.rest) {
            steps.add(path.step);
        }
        return steps;
    }

    /** Whether it gets further than another one, or as far and nearer to going on. */
    boolean nearerThan(Path other) {
        if (other == null) {
            return true;
        }
        Path mine = this;
        Path others = other;
        while (mine.step != null && mine.step.holds() && others.step.holds()) {
            mine = mine.rest;
            others = others.rest;
        }
        if (mine.step == null || others.step == null) {
            return others.step != null;
        }
        if (mine.step.holds() != others.step.holds()) {
            return mine.step.holds();
        }
        return Nearness.of(mine.step).compareTo(Nearness.of(others.step)) < 0;
    }
}
