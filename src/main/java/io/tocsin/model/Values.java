package io.tocsin.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free-form values made immutable, and what JSON cannot hold text. */
final class Values {
    private Values() {}

    /** A deep, unmodifiable copy in the same order; null values are left out. */
    static Map<String, Object> copy(Map<?, ?> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                copy.put(name.toString(), frozen(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    // One Java type for each JSON value, so that what was stored and read again equals what rules conclude
    private static Object frozen(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof Collection<?> items) {
            List<Object> copy = new ArrayList<>(items.size());
            for (Object item : items) {
                copy.add(item == null ? null : frozen(item));
            }
            return Collections.unmodifiableList(copy);
        }
        return value instanceof Wire word ? word.wire() : value.toString();
    }

    private static Object number(Number number) {
        if (number instanceof Integer) {
            return number;
        }
        if (number instanceof Long || number instanceof Short || number instanceof Byte) {
            if (number.longValue() == number.intValue()) {
                return number.intValue();
            }
            return number.longValue();
        }
        double value = number.doubleValue();
        if (Double.isFinite(value)) {
            return value;
        }
        return Double.toString(value);
    }
}
