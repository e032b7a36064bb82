package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a post to PagerDuty's door, durable commit included, while other readings come in. Takes minutes, as PagerDuty is
 * told at most 100 things a minute: {@code mvn -B verify -Dit.test=LatencyIT -Dtocsin.figures=true} prints it.
 */
@EnabledIfSystemProperty(named = "tocsin.figures", matches = "true")
class LatencyIT {
    private static final int ALERTS = 300;
    private static final int WARM_UP = 40;
    private static final int EVERY_MS = 650;
    private static final int READINGS_PER_SECOND = 1000;
    private static final int BATCH = 10;

    @TempDir
    Path folder;

    private final Map<String, Long> received = new ConcurrentHashMap<>();

    @Test
    void fromPostToPagerDuty() throws Exception {
        Vertx vertx = Vertx.vertx();
        ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
        var pagerDuty = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    JsonObject event = body.toJsonObject();
                    received.putIfAbsent(event.getJsonObject("payload").getString("source"), System.nanoTime());
                    request.response()
                            .setStatusCode(202)
                            .end(new JsonObject()
                                    .put("status", "success")
                                    .put("message", "Event processed")
                                    .put("dedup_key", event.getString("dedup_key"))
                                    .encode());
                }))
                .listen(0, "127.0.0.1")
                .await();
        Policy policy = Policy.shipped(folder.resolve("rules"));
        try (var tocsin = new ProcessAppliance(folder, policy.folder())) {
            tocsin.config("receivers: {pagerduty: {routing_key: \"" + "k".repeat(32) + "\", url: \"http://127.0.0.1:"
                            + pagerDuty.actualPort() + "/v2/enqueue\"}}")
                    .clustered()
                    .set("collect.host.enabled=true")
                    .set("rehearse=true")
                    .flags("-XX:+UseG1GC")
                    .start();
            AtomicLong sent = readings(tocsin, background);
            measure(tocsin, WARM_UP, "warm");
            long before = sent.get();
            long begun = System.nanoTime();
            List<Long> posted = measure(tocsin, ALERTS, "n");
            double seconds = (System.nanoTime() - begun) / 1e9;
            List<Long> told = new ArrayList<>();
            for (int i = 0; i < ALERTS; i++) {
                told.add(received.get("n" + i) - posted.get(i));
            }
            System.out.printf(
                    "post to PagerDuty: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms (%d alerts, %.0f readings/s beside)%n",
                    millis(told, 0.5),
                    millis(told, 0.9),
                    millis(told, 0.99),
                    millis(told, 1),
                    ALERTS,
                    (sent.get() - before) / seconds);
        } finally {
            background.shutdownNow();
            vertx.close().await();
        }
    }

    private List<Long> measure(ProcessAppliance tocsin, int alerts, String name) throws InterruptedException {
        List<Long> posted = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            String node = name + i;
            posted.add(System.nanoTime());
            tocsin.http().telemetry(Given.component(node, "store", "unhealthy"));
            TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            await().pollInterval(Duration.ofMillis(20)).until(() -> received.containsKey(node));
        }
        assertThat(received.keySet()).contains(name + (alerts - 1));
        return posted;
    }

    private static AtomicLong readings(ProcessAppliance tocsin, ScheduledExecutorService background) {
        AtomicLong sent = new AtomicLong();
        AtomicLong turn = new AtomicLong();
        HttpClient client = HttpClient.newHttpClient();
        background.scheduleAtFixedRate(
                () -> {
                    JsonArray batch = new JsonArray();
                    for (int i = 0; i < BATCH; i++) {
                        long number = turn.getAndIncrement();
                        batch.add(Given.memory("b" + number % 1000, 20 + number % 50));
                    }
                    client.sendAsync(
                                    HttpRequest.newBuilder(URI.create(tocsin.url() + "/api/v1/telemetry"))
                                            .POST(HttpRequest.BodyPublishers.ofString(batch.encode()))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .thenAccept(answer -> sent.addAndGet(answer.statusCode() == 202 ? BATCH : 0));
                },
                0,
                1_000_000L * BATCH / READINGS_PER_SECOND,
                TimeUnit.MICROSECONDS);
        return sent;
    }

    private static double millis(List<Long> nanos, double quantile) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
