package io.tocsin.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One open stream. It takes from the ring only as fast as its client reads, so what waits for it is bounded; a client that
 * does not read at all, or falls so far behind that the ring has forgotten its place, is cut off. On one event loop.
 */
final class StreamReader {
    /** Above this nothing more is taken from the ring. */
    private static final int FULL = 256 * 1024;

    private static final int MOST_WAITING = 1024 * 1024;
    private static final int MOST_SECONDS_FULL = 5;

    private final StreamFilter filter;
    private final HttpServerResponse response;
    private final Consumer<StreamReader> drained;
    private long at;
    private int waiting;
    private int secondsFull;

    /**
     * A stream.
     *
     * @param at the number of the event to begin with
     * @param drained told when the client has read on after it was behind
     */
    StreamReader(StreamFilter filter, HttpServerResponse response, long at, Consumer<StreamReader> drained) {
        this.filter = filter;
        this.response = response;
        this.at = at;
        this.drained = drained;
    }

    StreamFilter filter() {
        return filter;
    }

    /** Sends what is new, as far as there is room; returns why the stream has to end, or null. */
    String pump(StreamRing ring, BiFunction<StreamFilter, Long, StreamRing.Chunk> chunks) {
        while (waiting < FULL && at < ring.next()) {
            if (ring.lost(at)) {
                return "fell behind";
            }
            StreamRing.Chunk chunk = chunks.apply(filter, at);
            at = chunk.next();
            if (chunk.text().length() > 0) {
                write(chunk.text());
            }
        }
        return null;
    }

    /** Sends what the ring does not hold; returns why the stream has to end, or null. */
    String send(Buffer text) {
        if (waiting + text.length() > MOST_WAITING) {
            return "1 MB waits";
        }
        write(text);
        return null;
    }

    /** A second is over; returns why the stream has to end, or null. */
    String tick() {
        secondsFull = waiting < FULL ? 0 : secondsFull + 1;
        return secondsFull > MOST_SECONDS_FULL ? "does not read" : null;
    }

    void alive() {
        if (waiting < FULL) {
            write(Buffer.buffer(": alive\n\n"));
        }
    }

    private void write(Buffer text) {
        int length = text.length();
        waiting += length;
        response.write(text).onComplete(any -> {
            boolean full = waiting >= FULL;
            waiting -= length;
            if (full && waiting < FULL) {
                secondsFull = 0;
                drained.accept(this);
            }
        });
    }

    void end() {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }

    void cutOff() {
        response.reset();
    }
}
