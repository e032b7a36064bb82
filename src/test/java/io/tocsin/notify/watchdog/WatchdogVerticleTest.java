package io.tocsin.notify.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.Metric;
import io.tocsin.model.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(30)
class WatchdogVerticleTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Metric> beats = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean well = new AtomicBoolean(true);
    private final AtomicBoolean mine = new AtomicBoolean(true);
    private Vertx vertx;
    private HttpServer outside;

    @BeforeEach
    void listen(Vertx vertx) throws Exception {
        this.vertx = vertx;
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, message -> {
            asked.incrementAndGet();
            if (well.get()) {
                message.body().messages().forEach(one -> beats.add((Metric) one));
                message.reply(null);
            } else {
                message.fail(Failure.BUSY, "nobody owns it");
            }
        });
        outside = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(body.toJsonObject().put("content_type", request.getHeader("Content-Type")));
                    Integer answer = answers.poll();
                    request.response()
                            .setStatusCode(answer == null ? 200 : answer)
                            .end();
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    @Test
    void tellsThatAReadingWentAllTheWay() throws Exception {
        start(Duration.ofMinutes(1));
        await().until(() -> told.size() == 1);
        JsonObject message = told.peek();
        assertThat(message.getString("type")).isEqualTo("watchdog");
        assertThat(message.getString("member")).isEqualTo("127.0.0.1:5701");
        assertThat(message.getString("cluster")).isEqualTo("tocsin");
        assertThat(message.getLong("beat")).isEqualTo(1);
        assertThat(message.getString("every")).isEqualTo("1m");
        assertThat(message.getInstant("timestamp")).isEqualTo(NOW);
        assertThat(message.getString("content_type")).startsWith("application/json");
        assertThat(beats).singleElement().satisfies(beat -> {
            assertThat(beat.cluster()).isEqualTo("tocsin");
            assertThat(beat.name()).isEqualTo("heartbeat");
        });
        await().until(() -> count("sent") == 1);
    }

    @Test
    void saysNothingWhileReadingsAreNotEvaluatedAndSpeaksAgainWhenTheyAre() throws Exception {
        well.set(false);
        start(Duration.ofMillis(500));
        await().until(() -> count("stuck") >= 3);
        assertThat(told).isEmpty();
        well.set(true);
        await().until(() -> !told.isEmpty());
    }

    @Test
    void aReadingThatIsNeverAnsweredIsNoProof() throws Exception {
        mine.set(true);
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, message -> asked.incrementAndGet());
        // two consumers take turns, so every second beat is lost
        start(Duration.ofMillis(300));
        await().until(() -> count("stuck") >= 1 && count("sent") >= 1);
        assertThat(told.size()).isLessThanOrEqualTo(beats.size());
    }

    @Test
    void onlyTheMemberWhoseTurnItIsTells() throws Exception {
        mine.set(false);
        start(Duration.ofMillis(50));
        await().until(() -> count("elsewhere") >= 3);
        assertThat(asked).hasValue(0);
        assertThat(told).isEmpty();
        mine.set(true);
        await().until(() -> !told.isEmpty());
    }

    @Test
    void aFailureIsTriedAgainWithinTheIntervalAndARefusalIsNot() throws Exception {
        answers.add(503);
        answers.add(500);
        start(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(2)).until(() -> count("sent") == 1);
        assertThat(count("failed")).isEqualTo(2);

        answers.add(404);
        await().until(() -> count("failed") == 3);
        assertThat(told).hasSize(4);
    }

    private void start(Duration every) throws Exception {
        var settings =
                new WatchdogSettings(Secret.of("http://127.0.0.1:" + outside.actualPort() + "/ping/SECRETMARK"), every);
        var site = new WatchdogVerticle.Site("127.0.0.1:5701", mine::get, () -> NOW);
        vertx.deployVerticle(new WatchdogVerticle(settings, site, registry)).await(10, TimeUnit.SECONDS);
    }

    private int count(String outcome) {
        Counter counter =
                registry.find("tocsin_watchdog_total").tag("outcome", outcome).counter();
        return counter == null ? 0 : (int) counter.count();
    }
}
