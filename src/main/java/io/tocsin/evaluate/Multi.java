package io.tocsin.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Values by key, where nearly every key has one: that one takes no set of its own. */
final class Multi<K, V> {
    private final Map<K, Set<V>> values = new HashMap<>();

    void add(K key, V value) {
        values.merge(key, Set.of(value), Multi::union);
    }

    private static <V> Set<V> union(Set<V> held, Set<V> more) {
        Set<V> union = held.size() > 1 ? held : new HashSet<>(held);
        union.addAll(more);
        return union;
    }

    void remove(K key, V value) {
        Set<V> held = values.get(key);
        if (held == null || !held.contains(value)) {
            return;
        }
        if (held.size() == 1) {
            values.remove(key);
        } else if (held.size() == 2) {
            held.remove(value);
            values.put(key, Set.copyOf(held));
        } else {
            held.remove(value);
        }
    }

    Set<V> get(K key) {
        return values.getOrDefault(key, Set.of());
    }

    Set<K> keys() {
        return values.keySet();
    }

    void clear() {
        values.clear();
    }
}
