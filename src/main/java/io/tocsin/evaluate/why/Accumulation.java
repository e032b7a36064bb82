package io.tocsin.evaluate.why;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.AccumulatePattern;
import org.drools.model.Value;
import org.drools.model.Variable;
import org.drools.model.functions.accumulate.AccumulateFunction;

/** What an accumulate comes to over everything that it counts. */
final class Accumulation {
    private static final int MOST_KEPT = 500;

    private final AccumulateFunction[] functions;
    private final Running[] running;
    private final List<Object> counted = new ArrayList<>();
    private final Bound bound;
    private int count;

    /** One function of the engine with what it has gathered. */
    private static final class Running {
        private final org.kie.api.runtime.rule.AccumulateFunction<Serializable> function;
        private final Serializable gathered;

        @SuppressWarnings("unchecked")
        private Running(Object function) {
            this.function = (org.kie.api.runtime.rule.AccumulateFunction<Serializable>) function;
            Serializable fresh = this.function.createContext();
            Serializable begun = this.function.initContext(fresh);
            gathered = begun == null ? fresh : begun;
        }

        private Object result() {
            try {
                return function.getResult(gathered);
            } catch (Exception noResult) {
                return null;
            }
        }
    }

    Accumulation(AccumulatePattern<?> pattern, Truth truth, Bound before) {
        functions = pattern.getAccumulateFunctions();
        running = new Running[functions.length];
        for (int i = 0; i < functions.length; i++) {
            running[i] = new Running(functions[i].createFunctionObject());
        }
        truth.each(pattern.getCondition(), before, this::take);
        Bound after = before;
        for (int i = 0; i < functions.length; i++) {
            Object result = running[i].result();
            after = result == null && functions.length == 1 ? null : after.with(functions[i].getResult(), result);
        }
        bound = after;
    }

    private boolean take(Bound match) {
        count++;
        for (int i = 0; i < functions.length; i++) {
            Object value = value(functions[i].getSource(), match);
            if (value != null) {
                running[i].function.accumulateValue(running[i].gathered, value);
            }
        }
        if (counted.size() < MOST_KEPT) {
            List<Object> facts = match.values().values().stream()
                    .filter(value -> Shown.name(value) != null)
                    .toList();
            counted.add(facts.isEmpty() ? match : facts.get(facts.size() - 1));
        }
        return false;
    }

    private static Object value(Object source, Bound match) {
        return source instanceof Variable<?> variable
                ? match.get(variable)
                : source instanceof Value<?> value ? value.getValue() : match;
    }

    /** What is bound after it; null if it has no result, as the average of nothing. */
    Bound bound() {
        return bound;
    }

    /** The facts that it counts, the first of them. */
    List<Object> counted() {
        return counted;
    }

    int count() {
        return count;
    }

    /** What it came to, by variable. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        for (int i = 0; i < functions.length; i++) {
            results.put(functions[i].getResult().getName(), running[i].result());
        }
        return results;
    }
}
