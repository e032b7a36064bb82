package io.tocsin.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Decoded;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class InflowTest {
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
