package io.tocsin.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * When something known to a session should be looked at again. A target that was renewed is moved on when its entry
 * comes up, so a reading costs nothing here. Entries wait unsorted in slots of about a second; only those that are still
 * due when their slot begins are put in order, which are few where sources report in time.
 */
final class Expiries {
    private static final int SLOT_BITS = 10;

    /** What an entry is for. */
    interface Target {
        /** When it is due as of now, having been pushed for an instant; never earlier than that. */
        long dueAt(long pushed);
    }

    /** A place in here; by it a target is taken out before its time. */
    static final class Entry implements Comparable<Entry> {
        private final Target target;
        private final long number;
        private long at;
        private int index;

        private Entry(long at, long number, Target target) {
            this.at = at;
            this.number = number;
            this.target = target;
        }

        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final TreeMap<Long, List<Entry>> slots = new TreeMap<>();
    private final PriorityQueue<Entry> begun = new PriorityQueue<>();
    private long begunSlot = Long.MIN_VALUE;
    private long number;

    Entry push(long at, Target target) {
        Entry entry = new Entry(at, number++, target);
        add(entry);
        return entry;
    }

    private void add(Entry entry) {
        if (slot(entry) <= begunSlot) {
            begun.add(entry);
        } else {
            List<Entry> slot = slots.computeIfAbsent(slot(entry), any -> new ArrayList<>());
            entry.index = slot.size();
            slot.add(entry);
        }
    }

    private static long slot(Entry entry) {
        return entry.at >> SLOT_BITS;
    }

    /** Takes an entry out that was not polled yet. */
    void cancel(Entry entry) {
        if (slot(entry) <= begunSlot) {
            begun.remove(entry);
            return;
        }
        List<Entry> slot = slots.get(slot(entry));
        Entry last = slot.remove(slot.size() - 1);
        if (last != entry) {
            slot.set(entry.index, last);
            last.index = entry.index;
        } else if (slot.isEmpty()) {
            slots.remove(slot(entry));
        }
    }

    /** Nothing is due before this instant, and it pays to ask again then; {@link Long#MAX_VALUE} if there is nothing. */
    long next() {
        if (!begun.isEmpty()) {
            return begun.peek().at;
        }
        return slots.isEmpty() ? Long.MAX_VALUE : slots.firstKey() << SLOT_BITS;
    }

    /** Takes the first target out that is due at an instant; null if none is. */
    Target poll(long now) {
        while (!slots.isEmpty() && slots.firstKey() <= now >> SLOT_BITS) {
            begunSlot = slots.firstKey();
            for (Entry entry : slots.pollFirstEntry().getValue()) {
                entry.at = entry.target.dueAt(entry.at);
                add(entry);
            }
        }
        return begun.isEmpty() || begun.peek().at > now ? null : begun.poll().target;
    }

    int size() {
        return begun.size() + slots.values().stream().mapToInt(List::size).sum();
    }
}
