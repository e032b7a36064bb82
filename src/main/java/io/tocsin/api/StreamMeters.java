package io.tocsin.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** What the live stream counts. */
final class StreamMeters {
    private final MeterRegistry registry;
    private final Counter events;

    StreamMeters(MeterRegistry registry, Collection<StreamReader> open, StreamRing ring) {
        this.registry = registry;
        this.events = Counter.builder("tocsin_stream_events")
                .description("Events that the live stream had to tell")
                .register(registry);
        Gauge.builder("tocsin_stream_open", open, Collection::size)
                .description("Live streams that are open")
                .register(registry);
        Gauge.builder("tocsin_stream_ring_bytes", ring, StreamRing::bytes)
                .description("Events that are kept for those who reconnect")
                .baseUnit("bytes")
                .register(registry);
    }

    void event() {
        events.increment();
    }

    void refused() {
        count("tocsin_stream_refused", "Streams that were not opened, by reason", "too many", 1);
    }

    void cutOff(String reason) {
        count("tocsin_stream_cut_off", "Streams that were closed as their client was too slow, by reason", reason, 1);
    }

    void dropped(String reason, long readings) {
        count("tocsin_stream_dropped", "Readings that a stream did not tell, by reason", reason, readings);
    }

    private void count(String name, String description, String reason, long more) {
        Counter.builder(name)
                .description(description)
                .tag("reason", reason)
                .register(registry)
                .increment(more);
    }
}
