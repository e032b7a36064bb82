package io.tocsin.evaluate.why;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drools.model.Variable;

/** What the variables of a rule stand for so far; never changed. */
record Bound(Map<String, Object> values) {
    static final Bound NOTHING = new Bound(Map.of());

    Bound with(Variable<?> variable, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(variable.getName(), value);
        return new Bound(more);
    }

    boolean has(Variable<?> variable) {
        return values.containsKey(variable.getName());
    }

    Object get(Variable<?> variable) {
        return values.get(variable.getName());
    }

    /** The values of variables in their order; null if one stands for nothing yet. */
    Object[] all(Variable<?>[] variables) {
        Object[] all = new Object[variables.length];
        for (int i = 0; i < all.length; i++) {
            if (!has(variables[i])) {
                return null;
            }
            all[i] = get(variables[i]);
        }
        return all;
    }

    /** The first of them that stands for nothing yet; null if all do. */
    String missing(Variable<?>[] variables) {
        for (Variable<?> variable : variables) {
            if (!has(variable)) {
                return variable.getName();
            }
        }
        return null;
    }
}
