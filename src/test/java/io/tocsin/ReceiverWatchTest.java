package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.model.CheckResult;
import io.tocsin.model.HealthCheck;
import io.tocsin.notify.ReceiverHealth;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ReceiverWatchTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final ReceiverHealth DOWN = new ReceiverHealth("pagerduty", false, "HTTP 500", "a-1");
    private static final ReceiverHealth UP = new ReceiverHealth("pagerduty", true, null, null);

    private static final HostSettings HOST = new HostSettings(true, Duration.ofSeconds(5), "main", "here");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<HealthCheck> taken = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private ReceiverWatch watch;

    @BeforeEach
    void setUp(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        watch = new ReceiverWatch(vertx, HOST, CLOCK, registry, any -> true);
    }

    private void listen() {
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, message -> {
            taken.add((HealthCheck) message.body().messages().get(0));
            message.reply(null);
        });
    }

    private void awaitTaken(int count) {
        await().until(() -> taken.size() == count);
    }

    @Test
    void whatWasHeardBeforeAnybodyListenedIsCountedAndSaidAgain() {
        watch.heard(DOWN);
        await().until(() -> registry.find("tocsin_receiver_health_dropped_total")
                        .tag("reason", "no_handlers")
                        .counter()
                != null);
        listen();
        watch.again();
        awaitTaken(1);
        HealthCheck check = taken.get(0);
        assertThat(check.checkName()).isEqualTo("receiver:pagerduty");
        assertThat(check.node()).isEqualTo("here");
        assertThat(check.result()).isEqualTo(CheckResult.FAIL);
        assertThat(check.error()).isEqualTo("HTTP 500");
        assertThat(check.details()).containsEntry("alert_id", "a-1");
    }

    @Test
    void lastWordOfEachReceiverIsSaidAgainAndAgain() {
        listen();
        watch.heard(DOWN);
        watch.heard(new ReceiverHealth("slack", true, null, null));
        watch.heard(UP);
        awaitTaken(3);
        taken.clear();
        watch.again();
        watch.again();
        awaitTaken(4);
        assertThat(taken).allMatch(check -> check.result() == CheckResult.PASS);
        assertThat(taken).extracting(HealthCheck::checkName).containsOnly("receiver:pagerduty", "receiver:slack");
    }

    @Test
    void whoTellsAReceiverNextKeepsTheLastWordAndClearsIt() {
        AtomicBoolean mine = new AtomicBoolean();
        ReceiverWatch next = ReceiverWatch.begin(vertx, HOST, CLOCK, registry, any -> mine.get());
        listen();
        watch.heard(DOWN);
        awaitTaken(1);
        await().untilAsserted(() -> {
            // the member that told the receiver has died, and this one does so now
            mine.set(true);
            next.again();
            mine.set(false);
            assertThat(taken).hasSizeGreaterThan(1);
        });
        assertThat(taken).allMatch(check -> check.result() == CheckResult.FAIL);
        assertThat(taken.get(taken.size() - 1).error()).isEqualTo("HTTP 500");

        mine.set(true);
        taken.clear();
        next.heard(UP);
        awaitTaken(1);
        assertThat(taken.get(0).result()).isEqualTo(CheckResult.PASS);
        assertThat(taken.get(0).node()).as("one series, whoever tells it").isEqualTo("here");
    }

    @Test
    void whatIsNoWordOfAReceiverIsCountedAndSaysNothing() {
        AtomicBoolean mine = new AtomicBoolean();
        ReceiverWatch next = ReceiverWatch.begin(vertx, HOST, CLOCK, registry, any -> mine.get());
        listen();
        List<Object> garbage = List.of(
                17,
                "text",
                new JsonObject(),
                new JsonObject().put("receiver", 3).put("up", true),
                new JsonObject().put("receiver", "r\u001b[31m").put("up", false),
                new JsonObject().put("receiver", "x".repeat(5000)).put("up", false));
        garbage.forEach(body -> vertx.eventBus().publish(Address.MEMBER_RECEIVERS, body));
        await().until(() -> registry.find("tocsin_receiver_health_dropped_total")
                        .tag("reason", "no word of a receiver")
                        .counter()
                != null);
        await().untilAsserted(() -> assertThat(registry.get("tocsin_receiver_health_dropped_total")
                        .tag("reason", "no word of a receiver")
                        .counter()
                        .count())
                .isEqualTo(garbage.size()));
        mine.set(true);
        next.again();
        assertThat(taken).isEmpty();
    }

    @Test
    void nothingIsSaidOfAReceiverThatWasNeverHeardOf() {
        listen();
        watch.again();
        watch.heard(UP);
        awaitTaken(1);
        assertThat(taken).hasSize(1);
    }
}
