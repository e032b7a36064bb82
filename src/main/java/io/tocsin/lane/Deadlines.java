package io.tocsin.lane;

import io.tocsin.model.AlertKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** When each open alert is to be looked at next; one instant an alert, worked out anew from what is stored. */
final class Deadlines {
    private record Entry(Instant at, long number, AlertKey key) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private final Map<AlertKey, Entry> current = new HashMap<>();
    private long number;

    static Instant earliest(Instant a, Instant b) {
        return a == null ? b : b == null || a.isBefore(b) ? a : b;
    }

    void set(AlertKey key, Instant at) {
        Entry old = current.get(key);
        if (at == null) {
            current.remove(key);
        } else if (old == null || !old.at.equals(at)) {
            Entry entry = new Entry(at, number++, key);
            current.put(key, entry);
            queue.add(entry);
        }
    }

    void remove(AlertKey key) {
        current.remove(key);
    }

    Instant next() {
        while (!queue.isEmpty() && current.get(queue.peek().key) != queue.peek()) {
            queue.poll();
        }
        return queue.isEmpty() ? null : queue.peek().at;
    }

    /** Takes out what is due. */
    List<AlertKey> due(Instant now) {
        List<AlertKey> keys = new ArrayList<>();
        for (Instant next = next(); next != null && !next.isAfter(now); next = next()) {
            AlertKey key = queue.poll().key;
            current.remove(key);
            keys.add(key);
        }
        return keys;
    }
}
