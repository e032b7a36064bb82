package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a session by their keys, in the order of their first appearance. Sources report their series in the same
 * order again and again, so the one that followed last time is tried before the key is looked up: a look at one object
 * that is needed anyhow, instead of a way through a large table.
 */
final class SeriesMap {
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final List<String> forgotten = new ArrayList<>();
    private Series last;

    Series get(String key) {
        return series.get(key);
    }

    /** The series of a reading that comes in; null if there is none yet. */
    Series arrived(String key) {
        Series expected = last == null ? null : last.next;
        if (expected == null || expected.gone || !expected.key.equals(key)) {
            expected = series.get(key);
            if (last != null) {
                last.next = expected;
            }
        }
        last = expected;
        return expected;
    }

    void add(Series one) {
        series.put(one.key, one);
    }

    void remove(Series one) {
        series.remove(one.key);
        one.gone = true;
        one.next = null;
        forgotten.add(one.key);
    }

    /** The keys of those that were removed since the last call. */
    List<String> drainForgotten() {
        if (forgotten.isEmpty()) {
            return List.of();
        }
        List<String> keys = List.copyOf(forgotten);
        forgotten.clear();
        return keys;
    }

    Collection<Series> all() {
        return series.values();
    }

    int size() {
        return series.size();
    }
}
