package io.tocsin.membership;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells the appliance how its own members are: the one that owns the cluster {@code tocsin} does so whenever something has
 * changed, and every 20 s. What is not taken is said again a second later.
 *
 * <p>Counter: {@code tocsin_members_reports_dropped_total{reason}} reports that were not evaluated.
 */
final class MemberReports {
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Ownership ownership;
    private final MemberReadings readings;
    private final MeterRegistry registry;
    private List<String> told = List.of();
    private long dueAt = Long.MIN_VALUE;

    MemberReports(Vertx vertx, Ownership ownership, MemberReadings readings, MeterRegistry registry) {
        this.vertx = vertx;
        this.ownership = ownership;
        this.readings = readings;
        this.registry = registry;
    }

    /** Looks whether there is something to say. */
    synchronized void look(Roster.View view, Supplier<Instant> clock, long nanos) {
        if (!ownership.mine(Members.CLUSTER)) {
            told = List.of();
            return;
        }
        List<Telemetry> now = readings.of(view, ownership.minority(), clock.get());
        List<String> gist = now.stream().map(MemberReports::gist).collect(Collectors.toList());
        if (!gist.equals(told) || nanos >= dueAt) {
            told = gist;
            dueAt = nanos + EVERY.toNanos();
            send(now);
        }
    }

    /** A reading without what moves all the time. */
    private static String gist(Telemetry one) {
        if (one instanceof ComponentHealth health) {
            return health.key() + health.status() + health.details().get("state");
        }
        return one instanceof Metric metric ? metric.key() + Math.round(metric.value()) : one.type();
    }

    private void send(List<Telemetry> readings) {
        vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(readings), Address.LOCAL)
                .onFailure(this::failed);
    }

    private synchronized void failed(Throwable fault) {
        String reason = fault instanceof ReplyException reply
                ? reply.failureType().name().toLowerCase(Locale.ROOT)
                : "broken";
        registry.counter("tocsin_members_reports_dropped_total", "reason", reason)
                .increment();
        dueAt = System.nanoTime() + AGAIN.toNanos();
    }
}
