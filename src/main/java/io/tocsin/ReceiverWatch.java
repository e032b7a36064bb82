package io.tocsin;

import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.notify.ReceiverHealth;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Turns what is known of a receiver into a health check of this host, so that rules alert on it like on anything else. */
final class ReceiverWatch {
    /** Sent on change only, so it has to last. */
    private static final Duration TTL = Duration.ofHours(24);

    private final Vertx vertx;
    private final HostSettings host;
    private final Clock clock;

    ReceiverWatch(Vertx vertx, HostSettings host, Clock clock) {
        this.vertx = vertx;
        this.host = host;
        this.clock = clock;
    }

    void heard(ReceiverHealth health) {
        HealthCheck check = new HealthCheck(
                Head.of(host.cluster(), host.node(), clock.instant(), TTL),
                health.checkName(),
                health.up() ? CheckResult.PASS : CheckResult.FAIL,
                null,
                health.alertId() == null ? Map.of() : Map.of("alert_id", health.alertId()),
                health.reason());
        vertx.eventBus().request(Address.INTAKE, new TelemetryBatch(List.of(check)), Address.LOCAL);
    }
}
