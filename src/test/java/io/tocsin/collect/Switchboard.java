package io.tocsin.collect;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Plays the switchboard: keeps what arrives and answers as told. */
public final class Switchboard {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final Site site = new Site("main", "here", () -> NOW, registry);
    private final List<TelemetryBatch> batches = new CopyOnWriteArrayList<>();
    private volatile Consumer<Message<TelemetryBatch>> answer = message -> message.reply(null);

    public Switchboard(Vertx vertx) {
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, message -> {
            batches.add(message.body());
            answer.accept(message);
        });
    }

    public void isBusy() {
        answer = message -> message.fail(Failure.BUSY, "too much waits");
    }

    public void isSilent() {
        answer = message -> {};
    }

    public void works() {
        answer = message -> message.reply(null);
    }

    /** Batches in the order of their arrival. */
    public List<TelemetryBatch> batches() {
        return batches;
    }

    /** All messages of this type so far. */
    public <T extends Telemetry> List<T> all(Class<T> type) {
        return batches.stream()
                .flatMap(batch -> batch.messages().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** What this counter shows, 0 when nothing counted yet. */
    public double count(String name, String... tags) {
        var counter = registry.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }
}
