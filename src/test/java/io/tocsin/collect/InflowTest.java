package io.tocsin.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Decoded;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class InflowTest {
    @Test
    void intakeSaysHowItIsFromItsStartAndAgainAndAgain(Vertx vertx) {
        Switchboard switchboard = new Switchboard(vertx);
        Inflow inflow = new Inflow(vertx, "http", switchboard.site, 10).start(Duration.ofMillis(100));

        await().until(() -> switchboard.all(ComponentHealth.class).size() >= 3);
        assertThat(switchboard.all(ComponentHealth.class)).allSatisfy(health -> {
            assertThat(health.component()).isEqualTo("collector:http");
            assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
            assertThat(health.head().ttl()).isEqualTo(Duration.ofSeconds(60));
        });
        assertThat(switchboard.count("tocsin_collected_total", "source", "http"))
                .isZero();

        inflow.take(
                now -> {
                    throw new IllegalStateException("a mistake of ours");
                },
                true);

        await().until(() -> switchboard.all(ComponentHealth.class).stream()
                        .filter(health -> health.status() == HealthStatus.UNHEALTHY)
                        .filter(health ->
                                health.details().get("error").toString().contains("a mistake of ours"))
                        .count()
                >= 3);
        assertThat(switchboard.count("tocsin_collect_failures_total", "source", "http", "reason", "threw"))
                .isEqualTo(1);
        inflow.stop();
    }

    @Test
    void intakeThatNobodyListensToCountsThatAndGoesOn(Vertx vertx) {
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Site site = new Site("main", "here", () -> Switchboard.NOW, registry);
        Inflow inflow = new Inflow(vertx, "http", site, 10).start(Duration.ofMillis(100));

        await().until(() -> {
            var lost = registry.find("tocsin_collect_dropped_total")
                    .tags("source", "http", "reason", "unreachable")
                    .counter();
            return lost != null && lost.count() >= 2;
        });
        inflow.stop();
    }

    @Test
    void intakeThatBreaksReportsItselfUntilItWorksAgain(Vertx vertx) {
        Switchboard switchboard = new Switchboard(vertx);
        Inflow inflow = new Inflow(vertx, "http", switchboard.site, 10);

        var broken = inflow.take(
                now -> {
                    throw new IllegalStateException("a mistake of ours");
                },
                true);

        await().until(() -> switchboard.all(ComponentHealth.class).size() == 1);
        assertThat(broken.failed()).isTrue();
        ComponentHealth health = switchboard.all(ComponentHealth.class).get(0);
        assertThat(health.component()).isEqualTo("collector:http");
        assertThat(health.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(health.details().get("error").toString()).contains("a mistake of ours");
        await().until(() -> {
            inflow.take(now -> new Decoded(List.of(), List.of()), false);
            var all = switchboard.all(ComponentHealth.class);
            return all.get(all.size() - 1).status() == HealthStatus.HEALTHY;
        });
    }
}
