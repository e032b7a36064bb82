package io.tocsin.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free-form values (what JSON can hold) made immutable. */
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

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(item == null ? null : frozen(item));
            }
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
