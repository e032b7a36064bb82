package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.notify.ReceiverHealth;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns what is known of a receiver into a health check of this host, so that rules alert on it like on anything else. It
 * says so when it hears of it and again and again: what was heard before somebody listened is not lost, and an alert that
 * was open before a restart ends on the first success after it. A receiver of which nothing was heard yet has no check.
 *
 * <p>Counter: {@code tocsin_receiver_health_dropped_total{reason}} checks that were not evaluated.
 */
final class ReceiverWatch {
    /** How often {@link #again} is to be called. */
    static final Duration EVERY = Duration.ofSeconds(20);

    /**
     * After a restart nothing is known of a receiver until it is told something, which may take a day. A shorter time to
     * live would make its check a silent source all that while.
     */
    private static final Duration TTL = Duration.ofHours(24);

    private final Vertx vertx;
    private final HostSettings host;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Map<String, ReceiverHealth> known = new ConcurrentHashMap<>();

    ReceiverWatch(Vertx vertx, HostSettings host, Clock clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.host = host;
        this.clock = clock;
        this.registry = registry;
    }

    /** There are news of a receiver. On any thread. */
    void heard(ReceiverHealth health) {
        if (health.last()) {
            known.remove(health.receiver());
        } else {
            known.put(health.receiver(), health);
        }
        send(health);
    }

    /** Says all that is known once more. */
    void again() {
        known.values().forEach(this::send);
    }

    private void send(ReceiverHealth health) {
        HealthCheck check = new HealthCheck(
                Head.of(host.cluster(), host.node(), clock.instant(), TTL),
                health.checkName(),
                health.up() ? CheckResult.PASS : CheckResult.FAIL,
                null,
                health.alertId() == null ? Map.of() : Map.of("alert_id", health.alertId()),
                health.reason());
        vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(List.of(check)), Address.LOCAL)
                .onFailure(fault -> registry.counter("tocsin_receiver_health_dropped_total", "reason", reason(fault))
                        .increment());
    }

    private static String reason(Throwable fault) {
        return fault instanceof ReplyException reply
                ? reply.failureType().name().toLowerCase(Locale.ROOT)
                : "broken";
    }
}
