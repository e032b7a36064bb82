package io.tocsin.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collect.Switchboard;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ProbeVerticleTest {
    private static final Answer PASS = Answer.pass(Map.of("status", 200));
    private static final Answer FAIL = Answer.fail(Map.of("status", 500), "answered 500, expected 200");

    private final Components components = new Components();
    private Vertx vertx;
    private Switchboard switchboard;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        switchboard = new Switchboard(vertx);
    }

    @Test
    void passGivesACheckAndAHealthyComponent() {
        deploy(probe("store-http", "store"), new AtomicReference<>(Future.succeededFuture(PASS)));

        await().until(() -> !switchboard.batches().isEmpty());
        HealthCheck check = switchboard.all(HealthCheck.class).get(0);
        assertThat(check.checkName()).isEqualTo("store-http");
        assertThat(check.result()).isEqualTo(CheckResult.PASS);
        assertThat(check.durationMs()).isNotNegative();
        assertThat(check.node()).isEqualTo("n1");
        assertThat(check.error()).isNull();
        assertThat(check.head().ttl()).isEqualTo(Duration.ofMillis(3 * 40 + 1000));
        ComponentHealth health = health("store");
        assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(health.lastCheck()).isEqualTo(Switchboard.NOW);
        assertThat(health.details()).containsEntry("check", "store-http").containsKey("response_time_ms");
        assertThat(health("collector:probe:store-http").node()).isEqualTo("here");
    }

    @Test
    void firstMissDegradesAndTheSecondInARowIsUnhealthy() {
        var answer = new AtomicReference<>(Future.succeededFuture(FAIL));
        deploy(probe("store-http", "store"), answer);

        await().until(() -> statuses("store").size() > 2);
        assertThat(statuses("store").subList(0, 3))
                .containsExactly(HealthStatus.DEGRADED, HealthStatus.UNHEALTHY, HealthStatus.UNHEALTHY);
        assertThat(health("store").details()).containsEntry("error", "answered 500, expected 200");
        answer.set(Future.succeededFuture(PASS));
        await().until(() -> health("store").status() == HealthStatus.HEALTHY);
    }

    @Test
    void componentIsAsBadAsItsWorstProbe() {
        ProbeSettings good = probe("good", "store");
        ProbeSettings bad = probe("bad", "store");
        Duration ttl = Duration.ofSeconds(9);

        components.update(bad, FAIL, 3, ttl, Switchboard.NOW);
        ComponentHealth health = components.update(good, PASS, 1, Duration.ofSeconds(2), Switchboard.NOW);

        assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.details()).containsEntry("check", "bad").containsEntry("response_time_ms", 3.0);
        assertThat(health.head().ttl()).isEqualTo(ttl);
        components.forget(bad);
        assertThat(components.update(good, PASS, 1, ttl, Switchboard.NOW).status())
                .isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void probesOfOtherComponentsDoNotMix() {
        components.update(probe("bad", "store"), FAIL, 3, Duration.ZERO, Switchboard.NOW);

        assertThat(components
                        .update(probe("good", "queue"), PASS, 1, Duration.ZERO, Switchboard.NOW)
                        .status())
                .isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void probeThatCannotAskReportsItselfAndSaysNothingOfItsComponent() {
        var answer = new AtomicReference<Future<Answer>>(Future.failedFuture(new IllegalStateException("no thread")));
        deploy(probe("odd", "store"), answer);
        deploy(probe("fine", "queue"), new AtomicReference<>(Future.succeededFuture(PASS)));

        await().until(() ->
                statuses("collector:probe:odd").size() > 1 && !statuses("queue").isEmpty());
        assertThat(health("collector:probe:odd").status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(health("collector:probe:odd").details().get("error").toString())
                .contains("no thread");
        assertThat(statuses("store")).isEmpty();
        answer.set(Future.succeededFuture(PASS));
        await().until(() -> health("collector:probe:odd").status() == HealthStatus.HEALTHY);
        assertThat(statuses("collector:probe:fine")).containsOnly(HealthStatus.HEALTHY);
    }

    @Test
    void targetThatIsNoGoodIsTheTroubleOfItsProbeAlone() {
        ProbeSettings.Target target = new ProbeSettings.Dns("localhost", "elsewhere");
        ProbeSettings settings =
                new ProbeSettings("dns", "main", "n1", "names", target, Duration.ofMillis(40), Duration.ofSeconds(1));
        var deployed = vertx.deployVerticle(new ProbeVerticle(settings, components, switchboard.site));

        await().until(() -> !statuses("collector:probe:dns").isEmpty());
        assertThat(deployed.succeeded()).isTrue();
        assertThat(health("collector:probe:dns").details().get("error").toString())
                .contains("\"elsewhere\" is no IP address");
    }

    private void deploy(ProbeSettings settings, AtomicReference<Future<Answer>> answer) {
        vertx.deployVerticle(new ProbeVerticle(settings, components, switchboard.site, v -> answer::get));
    }

    private static ProbeSettings probe(String name, String component) {
        return new ProbeSettings(
                name,
                "main",
                "n1",
                component,
                new ProbeSettings.Tcp("localhost", 1),
                Duration.ofMillis(40),
                Duration.ofSeconds(1));
    }

    private ComponentHealth health(String component) {
        var all = of(component);
        return all.get(all.size() - 1);
    }

    private List<HealthStatus> statuses(String component) {
        return of(component).stream().map(ComponentHealth::status).toList();
    }

    private List<ComponentHealth> of(String component) {
        return switchboard.all(ComponentHealth.class).stream()
                .filter(health -> health.component().equals(component))
                .toList();
    }
}
