package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The live streams of this member. Alerts come from the bus, from whichever member owns them; what else there is to tell
 * is asked for by {@link StreamFeed}, only while somebody listens. On the event loop that it is started on.
 */
final class StreamHub {
    static final int MOST_STREAMS = 1000;
    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    /** What comes within this time goes out at once. */
    private static final long GATHER_MS = 25;

    private static final long TICK_MS = 1000;
    private static final int ALIVE_TICKS = 10;

    /** Who comes back after that begins anew, so nothing has to be kept longer. */
    private static final int KEPT_TICKS = 600;

    private record Wanted(StreamFilter filter, long at) {}

    private final Vertx vertx;
    private final Set<StreamReader> readers = new LinkedHashSet<>();
    private final Map<Wanted, StreamRing.Chunk> chunks = new HashMap<>();
    private final StreamRing ring;
    private final StreamMeters meters;
    private final StreamFeed feed;
    private MessageConsumer<JsonObject> alerts;
    private long timer;
    private long ticks;
    private int idle = KEPT_TICKS;
    private boolean pumping;

    /**
     * Nobody listens yet.
     *
     * @param start what tells the ids of this process from those of others
     */
    StreamHub(Vertx vertx, String start, StreamTallies tallies, MeterRegistry registry) {
        this.vertx = vertx;
        this.ring = new StreamRing(start, MOST_EVENTS, MOST_BYTES);
        this.meters = new StreamMeters(registry, readers, ring);
        this.feed = new StreamFeed(vertx.eventBus(), this, meters, tallies);
    }

    void start() {
        alerts = vertx.eventBus().consumer(Address.ALERTS, message -> alert(message.body()));
        timer = vertx.setPeriodic(TICK_MS, any -> tick());
    }

    void stop() {
        vertx.cancelTimer(timer);
        alerts.unregister();
        List.copyOf(readers).forEach(StreamReader::end);
        readers.clear();
    }

    /** Refuses if there is none for one stream more. */
    void room() {
        if (readers.size() >= MOST_STREAMS) {
            meters.refused();
            throw HttpFault.busy("the " + MOST_STREAMS + " streams that there may be are open; try again later");
        }
    }

    /** Begins a stream on a response that has its headers. */
    void open(HttpServerResponse response, StreamFilter filter, String lastId) {
        idle = 0;
        long from = lastId == null ? ring.next() : ring.after(lastId);
        StreamReader reader =
                new StreamReader(filter, response, from == 0 ? ring.next() : from, one -> pump(Set.of(one)));
        readers.add(reader);
        response.setChunked(true).closeHandler(any -> readers.remove(reader));
        response.exceptionHandler(any -> readers.remove(reader));
        String id = ring.id(from == 0 ? ring.next() - 1 : from - 1);
        reader.send(Buffer.buffer("retry: 1000\nid: " + id + "\n\n"));
        if (from == 0) {
            reader.send(StreamEvent.text(id, "reset", Buffer.buffer("{}")));
        }
        feed.joined(filter);
        pump(Set.of(reader));
    }

    private void alert(JsonObject alert) {
        feed.changed();
        String node = alert.getString("node") == null ? "" : alert.getString("node");
        add(StreamTopic.ALERTS, "alert", alert.getString("cluster"), node, alert.getString("alert_type"), alert);
    }

    /** An event for all that want it. */
    void add(StreamTopic topic, String name, String cluster, String node, String type, JsonObject data) {
        if (idle >= KEPT_TICKS) {
            return;
        }
        meters.event();
        ring.add(number ->
                new StreamEvent(topic, cluster, node, type, StreamEvent.text(ring.id(number), name, data.toBuffer())));
        if (!pumping && !readers.isEmpty()) {
            pumping = true;
            vertx.setTimer(GATHER_MS, any -> {
                pumping = false;
                pump(List.copyOf(readers));
            });
        }
    }

    /** An event that nobody hears of later, for those who read these things now. */
    void now(StreamFilter filter, String name, Buffer data) {
        Buffer text = StreamEvent.text(ring.id(ring.next() - 1), name, data);
        for (StreamReader reader : List.copyOf(readers)) {
            if (reader.filter().has(StreamTopic.READINGS)
                    && StreamFeed.group(reader.filter()).equals(filter)) {
                ended(reader, reader.send(text));
            }
        }
    }

    Set<StreamReader> readers() {
        return readers;
    }

    private void pump(Iterable<StreamReader> some) {
        for (StreamReader reader : some) {
            ended(reader, reader.pump(ring, this::chunk));
        }
        chunks.clear();
    }

    /** Most streams want the same from the same place, so that is put together once. */
    private StreamRing.Chunk chunk(StreamFilter filter, long at) {
        return chunks.computeIfAbsent(new Wanted(filter, at), any -> ring.from(at, filter));
    }

    private void ended(StreamReader reader, String reason) {
        if (reason != null && readers.contains(reader)) {
            meters.cutOff(reason);
            readers.remove(reader);
            reader.cutOff();
        }
    }

    private void tick() {
        ticks++;
        if (readers.isEmpty()) {
            if (++idle == KEPT_TICKS) {
                ring.clear();
            }
            return;
        }
        List.copyOf(readers).forEach(reader -> ended(reader, reader.tick()));
        if (ticks % ALIVE_TICKS == 0) {
            List.copyOf(readers).forEach(StreamReader::alive);
        }
        feed.ask();
    }
}
