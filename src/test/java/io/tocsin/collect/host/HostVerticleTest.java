package io.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collect.Switchboard;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HostVerticleTest {
    private static final HostSettings OFTEN = new HostSettings(true, Duration.ofMillis(50), "main", "here");

    private Vertx vertx;
    private Switchboard switchboard;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        switchboard = new Switchboard(vertx);
    }

    @Test
    void thisHostShowsItsProcessorMemoryAndDisks() {
        HostSettings settings = new HostSettings(true, Duration.ofMillis(300), "main", "here");
        vertx.deployVerticle(new HostVerticle(settings, () -> Switchboard.NOW, switchboard.registry));

        await().atMost(Duration.ofSeconds(20)).until(() -> of(ResourceType.CPU).size() > 1);
        assertThat(switchboard.all(ResourceUsage.class)).allSatisfy(usage -> {
            assertThat(usage.usagePercent()).isBetween(0.0, 100.0);
            assertThat(usage.node()).isEqualTo("here");
            assertThat(usage.cluster()).isEqualTo("main");
            assertThat(usage.timestamp()).isEqualTo(Switchboard.NOW);
            assertThat(usage.head().ttl()).isEqualTo(Duration.ofMillis(900));
        });
        assertThat(of(ResourceType.MEMORY)).isNotEmpty().allSatisfy(memory -> {
            assertThat(memory.totalAvailable()).isGreaterThan(64L << 20);
            assertThat(memory.currentUsed()).isBetween(1L, memory.totalAvailable());
        });
        assertThat(of(ResourceType.DISK)).isNotEmpty().allSatisfy(disk -> {
            assertThat(disk.labels()).containsOnlyKeys("mount");
            assertThat(disk.totalAvailable()).isPositive();
        });
        assertThat(of(ResourceType.NETWORK)).allSatisfy(line -> {
            assertThat(line.labels().get("interface")).isNotEqualTo("lo");
            assertThat(line.totalAvailable()).isPositive();
        });
        assertThat(switchboard.all(ComponentHealth.class))
                .allSatisfy(health -> assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY));
    }

    @Test
    void collectorThatFailsReportsItselfAndRecovers() {
        AtomicBoolean broken = new AtomicBoolean(true);
        deploy(now -> {
            if (broken.get()) {
                throw new IllegalStateException("no permission");
            }
            return List.of();
        });

        await().until(() -> switchboard.all(ComponentHealth.class).size() > 1);
        assertThat(switchboard.all(ComponentHealth.class)).allSatisfy(health -> {
            assertThat(health.component()).isEqualTo("collector:host");
            assertThat(health.node()).isEqualTo("here");
            assertThat(health.status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(health.details().get("error").toString()).contains("no permission");
        });
        assertThat(switchboard.count("tocsin_collect_failures_total", "source", "host", "reason", "threw"))
                .isPositive();
        broken.set(false);
        await().until(() -> last().status() == HealthStatus.HEALTHY);
    }

    @Test
    void roundThatStillRunsIsNotJoinedByAnother() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        deploy(now -> {
            if (calls.incrementAndGet() > 1) {
                release.await();
            }
            return List.of();
        });

        await().until(() -> switchboard.count("tocsin_collect_skipped_total", "source", "host") > 4);
        assertThat(calls).hasValue(2);
        await().until(() -> last() != null && last().status() == HealthStatus.UNHEALTHY);
        assertThat(last().details().get("error").toString()).contains("still runs", "at most 150ms");
        release.countDown();
        await().until(() -> last().status() == HealthStatus.HEALTHY);
    }

    @Test
    void sampleThatMeetsABusySwitchboardIsDroppedAndCounted() {
        switchboard.isBusy();
        deploy(now -> List.of());

        await().until(() -> switchboard.count("tocsin_collect_dropped_total", "source", "host", "reason", "busy") > 1);
        assertThat(switchboard.count("tocsin_collected_total", "source", "host"))
                .isZero();
        switchboard.works();
        await().until(() -> switchboard.count("tocsin_collected_total", "source", "host") > 0);
    }

    @Test
    void atMostOneBatchIsOnItsWay() {
        switchboard.isSilent();
        deploy(now -> List.of());

        await().until(() ->
                switchboard.count("tocsin_collect_dropped_total", "source", "host", "reason", "outstanding") > 2);
        assertThat(switchboard.batches()).hasSize(1);
    }

    @Test
    void partThatCannotBeReadIsLeftOutAndTheOthersGoOn() throws Exception {
        Map<String, Sampler> parts = new LinkedHashMap<>();
        parts.put("cpu", now -> {
            throw new IllegalStateException("not permitted");
        });
        Usage usage = new Usage(OFTEN);
        parts.put("memory", now -> List.of(usage.of(ResourceType.MEMORY, now, Map.of(), 1, 4)));
        HostSampler sampler = new HostSampler(parts, switchboard.registry);

        assertThat(new ArrayList<>(sampler.sample(Switchboard.NOW)))
                .singleElement()
                .satisfies(found ->
                        assertThat(((ResourceUsage) found).usagePercent()).isEqualTo(25));
        assertThat(switchboard.count("tocsin_collect_failures_total", "source", "host", "reason", "cpu"))
                .isEqualTo(1);
    }

    private void deploy(Sampler sampler) {
        vertx.deployVerticle(new HostVerticle(OFTEN, switchboard.site, sampler));
    }

    private ComponentHealth last() {
        List<ComponentHealth> all = switchboard.all(ComponentHealth.class);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private List<ResourceUsage> of(ResourceType type) {
        return switchboard.all(ResourceUsage.class).stream()
                .filter(usage -> usage.resourceType() == type)
                .toList();
    }
}
