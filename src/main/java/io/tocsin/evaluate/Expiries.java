package io.tocsin.evaluate;

import java.util.PriorityQueue;

/**
 * When something known to a session should be looked at again. One entry a target: a target that was renewed meanwhile
 * is pushed again when its entry comes up, so a reading costs nothing here.
 */
final class Expiries {
    private record Entry(long at, long number, Object target) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long number;

    void push(long at, Object target) {
        queue.add(new Entry(at, number++, target));
    }

    /** The time of the first entry; {@link Long#MAX_VALUE} if there is none. */
    long next() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at;
    }

    Object poll() {
        return queue.poll().target;
    }
}
