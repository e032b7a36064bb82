package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.Appliance;
import io.tocsin.bus.Address;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.Overrides;
import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance whose store another program locks while nodes fail and recover. */
class OutageTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final List<JsonObject> published = new CopyOnWriteArrayList<>();
    private Appliance tocsin;
    private Http http;

    @AfterEach
    void stop() {
        if (tocsin != null) {
            tocsin.close();
        }
        vertx.close().await();
    }

    private void start(String... rules) throws Exception {
        Policy policy = Policy.only(folder.resolve("rules"), rules)
                .edit("threshold/component.drl", "quietFor(\"15s\")", "quietFor(\"1s\")");
        Map<String, String> sets = new HashMap<>(Map.of(
                "http.port", "0",
                "hazelcast.enabled", "false",
                "collect.host.enabled", "false",
                "store.degraded_after", "1s",
                "receivers.slack.url", slack.url(),
                "receivers.pagerduty.url", pagerDuty.url(),
                "receivers.pagerduty.routing_key", "k".repeat(32)));
        Overrides overrides = new Overrides(policy.folder(), folder.resolve("data"));
        tocsin = Appliance.start(
                ConfigLoader.load(null, sets, Map.of(), overrides).settings(), Clock.systemUTC());
        http = new Http(tocsin.address());
        tocsin.vertx().eventBus().<JsonObject>consumer(Address.ALERTS, message -> published.add(message.body()));
    }

    private StoreLock lock() throws Exception {
        return StoreLock.on(folder.resolve("data/tocsin.db"));
    }

    private void says(String node, String status) {
        http.telemetry(Given.component(node, "disk", status));
    }

    private JsonObject alert(String node, String state) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> http.alerts("&node=" + node + "&state=" + state).stream()
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private List<String> events(String alertId) {
        return pagerDuty.events().stream()
                .filter(event -> event.getString("dedup_key").equals(alertId))
                .map(event -> event.getString("event_action"))
                .toList();
    }

    private List<JsonObject> told(String alertId) {
        JsonArray all =
                http.get("/api/v1/alerts/" + alertId + "/history").json().getJsonArray("notifications");
        return all.stream().map(JsonObject.class::cast).toList();
    }

    /** How many notifications of an alert Slack was sent, of one change or of any. */
    private int slackHeard(String alertId, String change) {
        return (int) told(alertId).stream()
                .filter(one -> one.getString("receiver").equals("slack")
                        && one.getString("state").equals("sent")
                        && one.getString("change").startsWith(change))
                .count();
    }

    @Test
    void alertsGoOutDegradedWhileTheStoreIsLockedAndNothingIsToldTwice() throws Exception {
        start("threshold/component", "routing/log", "routing/slack", "routing/pagerduty");
        says("n0", "unhealthy");
        String before = alert("n0", "firing").getString("id");
        await().until(() -> events(before).equals(List.of("trigger")));

        String id;
        try (StoreLock lock = lock()) {
            says("n1", "unhealthy");
            JsonObject firing = alert("n1", "firing");
            id = firing.getString("id");
            assertThat(firing.getBoolean("degraded")).isTrue();
            await().atMost(Duration.ofSeconds(5)).until(() -> events(id).equals(List.of("trigger")));
            JsonObject event =
                    pagerDuty.events().get(1).getJsonObject("payload").getJsonObject("custom_details");
            assertThat(event.getBoolean("degraded")).isTrue();
            assertThat(event.getString("note")).isEqualTo("degraded: the store is away");
            await().until(() -> slack.messages().size() == 2);
            assertThat(slack.messages().get(1).encode()).contains("degraded: the store is away");
            assertThat(published)
                    .filteredOn(one -> one.getString("id").equals(id))
                    .allMatch(one -> one.getBoolean("degraded"));
            Http.Answer ready = http.get("/-/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().getBoolean("store")).isFalse();

            JsonObject ack = new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
            Http.Answer answered = http.post("/api/v1/alerts/" + before + "/ack", ack);
            assertThat(answered.json().getString("state")).isEqualTo("acknowledged");
            assertThat(answered.json().getBoolean("degraded")).isTrue();

            Http.Answer stranger = http.post(
                    "/api/v1/telemetry",
                    Given.component("n1", "disk", "unhealthy").put("cluster", "new"));
            assertThat(stranger.status()).isEqualTo(503);

            says("n0", "healthy");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> events(before).equals(List.of("trigger", "acknowledge", "resolve")));
            assertThat(http.alert(before).getString("state")).isEqualTo("resolved");
            assertThat(http.get("/metrics").body())
                    .contains("tocsin_store_degraded 1.0", "tocsin_store_degraded_sent_total");
            lock.release();
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> http.get("/-/ready").status() == 200);
        await().until(() -> http.get("/metrics").body().contains("tocsin_store_degraded 0.0"));
        assertThat(http.alert(id).getBoolean("degraded")).isFalse();
        assertThat(told(id)).hasSize(3).allSatisfy(one -> {
            assertThat(one.getString("state")).isEqualTo("sent");
            assertThat(one.getJsonArray("attempts")).hasSize(1);
        });

        http.post(
                "/api/v1/alerts/" + id + "/ack",
                new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it"));
        await().until(() -> events(id).equals(List.of("trigger", "acknowledge")));
        says("n1", "healthy");
        assertThat(alert("n1", "resolved").getBoolean("degraded")).isFalse();
        await().until(() -> events(id).equals(List.of("trigger", "acknowledge", "resolve")));
        assertThat(events(before)).containsExactly("trigger", "acknowledge", "resolve");
        // Slack takes one message a second: what a later one replaces meanwhile is skipped
        await().until(() -> slackHeard(id, "resolved") == 1 && slackHeard(before, "resolved") == 1);
        assertThat(slack.messages()).hasSize(slackHeard(id, "") + slackHeard(before, ""));
        assertThat(pagerDuty.violations()).isEmpty();
        assertThat(slack.violations()).isEmpty();
    }

    @Test
    void telemetryIsRefusedWhenTheBufferIsFullAndTakenAgainLater() throws Exception {
        start("threshold/component");
        says("n0", "unhealthy");
        alert("n0", "firing");
        int taken = 0;
        try (StoreLock lock = lock()) {
            says("n1", "unhealthy");
            for (int node = 0; !refusedForTheStore() && node < 12_000; node += 500) {
                taken += sentApart(node, 500);
            }
            assertThat(refusedForTheStore()).isTrue();
            assertThat(taken).isBetween(7_000, 10_000);
            Http.Answer answer = http.post("/api/v1/telemetry", Given.component("n9", "disk", "unhealthy"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("waits for the store; try again in a second");
            lock.release();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.get("/metrics").body().contains("tocsin_store_degraded 0.0"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                http.post("/api/v1/telemetry", Given.component("n9", "disk", "unhealthy"))
                                        .status())
                        .isEqualTo(202));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(http.alerts("&node=n9")).hasSize(1));
        assertThat(alert("m0", "firing").getBoolean("degraded")).isFalse();
    }

    /** Sends that many nodes' failures, each in a message of its own; returns how many were taken. */
    private int sentApart(int from, int many) throws Exception {
        List<Future<?>> answers = new ArrayList<>();
        for (int node = from; node < from + many; node++) {
            JsonObject message = Given.component("m" + node, "disk", "unhealthy");
            answers.add(tocsin.vertx().eventBus().request(Address.TELEMETRY, message));
        }
        Future.join(answers)
                .toCompletionStage()
                .toCompletableFuture()
                .exceptionally(refused -> null)
                .get(60, TimeUnit.SECONDS);
        return (int) answers.stream().filter(Future::succeeded).count();
    }

    private boolean refusedForTheStore() {
        return http.get("/metrics")
                .body()
                .contains("tocsin_intake_refused_total{reason=\"too much waits for the store\"}");
    }
}
