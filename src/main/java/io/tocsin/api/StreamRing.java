package io.tocsin.api;

import io.vertx.core.buffer.Buffer;
import java.util.function.LongFunction;

/** The newest events of this member by number, from 1; bounded by how many and by their bytes. For one thread. */
final class StreamRing {
    private static final int CHUNK = 32 * 1024;

    private final StreamEvent[] slots;
    private final long mostBytes;
    private final String start;
    private long first = 1;
    private long next = 1;
    private long bytes;

    /**
     * An empty one.
     *
     * @param start what tells the numbers of this process from those of others
     */
    StreamRing(String start, int most, long mostBytes) {
        this.start = start;
        this.slots = new StreamEvent[most];
        this.mostBytes = mostBytes;
    }

    /** The events from one on that a stream wants, as they go out, and where to look next. */
    record Chunk(Buffer text, long next) {}

    /** Adds an event, made from its number. */
    void add(LongFunction<StreamEvent> made) {
        StreamEvent event = made.apply(next);
        if (next - first == slots.length) {
            drop();
        }
        slots[(int) (next % slots.length)] = event;
        next++;
        bytes += event.text().length();
        while (bytes > mostBytes && next - first > 1) {
            drop();
        }
    }

    private void drop() {
        int slot = (int) (first % slots.length);
        bytes -= slots[slot].text().length();
        slots[slot] = null;
        first++;
    }

    /** Forgets all events; their numbers are not used again. */
    void clear() {
        while (first < next) {
            drop();
        }
    }

    long next() {
        return next;
    }

    long bytes() {
        return bytes;
    }

    boolean lost(long number) {
        return number < first;
    }

    /** How somebody who heard the event of a number names it. */
    String id(long number) {
        return start + "-" + number;
    }

    /** The number of what comes after an id; 0 if that cannot be told. */
    long after(String id) {
        int dash = id.lastIndexOf('-');
        if (dash < 0 || !id.substring(0, dash).equals(start)) {
            return 0;
        }
        try {
            long number = Long.parseLong(id.substring(dash + 1)) + 1;
            return number >= first && number <= next ? number : 0;
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    Chunk from(long number, StreamFilter filter) {
        Buffer text = Buffer.buffer();
        long at = number;
        while (at < next && text.length() < CHUNK) {
            StreamEvent event = slots[(int) (at % slots.length)];
            if (filter.wants(event)) {
                text.appendBuffer(event.text());
            }
            at++;
        }
        return new Chunk(text, at);
    }
}
