package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.store.PostgresServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL stops under three members, and comes back; {@code -Dtocsin.outage=60s} keeps it away for longer. */
class StoreAwayIT {
    private static final Duration LASTS = Lasting.of("tocsin.outage", Duration.ofSeconds(15));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private PostgresServer server;
    private Scene scene;

    @BeforeEach
    void start() {
        server = PostgresServer.in(folder);
        scene = new Scene(folder, server.create("TEMPLATE template0"), Scene.MEMORY, Scene.LADDER);
        scene.trio.start();
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
        server.close();
    }

    @Test
    void whatHappensMeanwhileIsToldAndWrittenDownLater() throws Exception {
        scene.says("before", "unhealthy");
        scene.says("answered", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("before") && scene.called("answered"));
        String answered = id("answered");
        Map<String, String> held = held();

        long began = System.nanoTime();
        server.kill();
        scene.says("meanwhile", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("meanwhile"));
        System.out.println(
                "StoreAwayIT store away → next alert at PagerDuty, ms: " + (System.nanoTime() - began) / 1_000_000);
        assertThat(told("meanwhile").encode()).contains("degraded");
        scene.says("before", "healthy");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> scene.incident("before").state() == FakePagerDuty.State.RESOLVED);
        Http.Answer ack = answer(answered);
        assertThat(ack.status()).as(ack.body()).isEqualTo(200);
        assertThat(ack.json().getString("state")).isEqualTo("acknowledged");
        Lasting.until(began, LASTS);
        assertThat(scene.trio.members()).allMatch(ProcessAppliance::alive);
        server.start();

        await().atMost(Duration.ofSeconds(40))
                .until(() -> scene.trio.members().stream().allMatch(ProcessAppliance::ready));
        List<StoryOfANode> stories = scene.stories(3, Duration.ofSeconds(1));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(scene.trio.said()).contains("had gone out unrecorded"));
        isWritten("meanwhile", told("meanwhile").getJsonObject("custom_details").getString("change"));
        isWritten("before", "resolved");
        assertThat(scene.trio.door().alert(answered).getString("state")).isEqualTo("acknowledged");
        scene.heals("meanwhile");
        scene.heals("answered");
        scene.endWell(stories, 0);
        assertThat(held()).as("nobody took anything over").isEqualTo(held);
        assertThat(scene.trio.said())
                .doesNotContain("was taken over by another")
                .doesNotContain("are not written");
        assertThat(views())
                .as("every member tells the same of the same database")
                .hasSize(1);
        assertThat(scene.slack.violations()).isEmpty();
    }

    private String id(String node) {
        return scene.trio.door().alerts("&cluster=default&node=" + node).get(0).getString("id");
    }

    private Http.Answer answer(String alert) {
        JsonObject ack = new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
        return scene.trio.door().post("/api/v1/alerts/" + alert + "/ack", ack);
    }

    /** What PagerDuty heard of a node first. */
    private JsonObject told(String node) {
        return scene.pagerDuty.events().stream()
                .filter(one -> one.getString("event_action").equals("trigger"))
                .map(one -> one.getJsonObject("payload"))
                .filter(one -> one.getString("source").equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** The history knows what was sent while it could not be written, and that it was sent. */
    private void isWritten(String node, String change) {
        String id = id(node);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonObject history =
                    scene.trio.door().get("/api/v1/alerts/" + id + "/history").json();
            assertThat(objects(history, "transitions"))
                    .extracting(one -> one.getString("kind"))
                    .contains(change);
            assertThat(objects(history, "notifications"))
                    .filteredOn(one -> one.getString("change").equals(change)
                            && one.getString("receiver").equals("pagerduty")
                            && one.getString("state").equals("sent"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.getJsonArray("attempts")).hasSize(1));
        });
    }

    private static List<JsonObject> objects(JsonObject in, String field) {
        return in.getJsonArray(field, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private Map<String, String> held() {
        return scene.trio.door().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        one -> one.getString("cluster"), one -> one.getString("owner") + " " + one.getLong("epoch")));
    }

    private List<List<JsonObject>> views() {
        return scene.trio.members().stream()
                .map(one -> one.http().alerts(""))
                .distinct()
                .toList();
    }
}
