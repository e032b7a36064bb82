package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another Vert.x application of the same host, with nothing of ours but the addresses. */
class BusIT {
    @TempDir
    Path folder;

    private ProcessAppliance tocsin;
    private Vertx theirs;

    @BeforeEach
    void start() {
        Policy policy = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "threshold/component",
                        "escalation/ladder_critical")
                .hasty();
        tocsin = new ProcessAppliance(folder, policy.folder()).clustered().start();
        theirs = join();
    }

    @AfterEach
    void stop() {
        if (theirs != null) {
            theirs.close().await();
        }
        tocsin.close();
    }

    private Vertx join() {
        Config hazelcast = ConfigUtil.loadConfig().setClusterName("tocsin");
        var network = hazelcast.getNetworkConfig().setPort(Jar.freePort());
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + tocsin.busPort());
        hazelcast.setProperty("hazelcast.logging.type", "slf4j").setProperty("hazelcast.phone.home.enabled", "false");
        return Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered()
                .await();
    }

    @Test
    void anotherApplicationSendsHearsAndAnswers() {
        List<JsonObject> alerts = hear("tocsin.alerts");
        List<JsonObject> ofType = hear("tocsin.alerts.type.memory_usage");
        List<JsonObject> acks = hear("tocsin.alerts.ack");
        List<JsonObject> escalations = hear("tocsin.alerts.escalation");
        List<JsonArray> usage = hear("tocsin.metrics.resource_usage");
        List<JsonArray> health = hear("tocsin.health.component_health");

        JsonObject taken = send(new JsonArray()
                .add(Given.memory("n1", 97))
                .add(new JsonObject().put("type", "nonsense"))
                .add(Given.component("n2", "store", "unhealthy")));
        assertThat(taken.getInteger("accepted")).isEqualTo(2);
        assertThat(taken.getJsonArray("rejected")).hasSize(1);
        assertThat(taken.getJsonArray("rejected").getJsonObject(0).getInteger("index"))
                .isEqualTo(1);

        await().untilAsserted(() -> assertThat(states(ofType)).contains("pending", "firing"));
        await().untilAsserted(() -> assertThat(alerts)
                .anyMatch(one -> one.getString("alert_type").equals("component_unhealthy"))
                .anyMatch(one -> one.getString("alert_type").equals("memory_usage")));
        assertThat(ofType).allMatch(one -> one.getString("alert_type").equals("memory_usage"));

        await().untilAsserted(() -> {
            send(Given.memory("n3", 12));
            send(Given.component("n3", "store", "healthy"));
            assertThat(usage).isNotEmpty();
            assertThat(health).isNotEmpty();
        });
        assertThat(usage)
                .allSatisfy(array -> assertThat(array)
                        .allSatisfy(one ->
                                assertThat(((JsonObject) one).getString("type")).isEqualTo("resource_usage")));

        await().untilAsserted(() -> assertThat(escalations).isNotEmpty());
        JsonObject escalation = escalations.get(0);
        assertThat(escalation.fieldNames())
                .contains("original_alert_id", "escalation_level", "escalated_to", "escalation_reason", "timestamp");

        String id = ofType.get(0).getString("id");
        JsonObject acknowledged = request(
                "tocsin.command.ack",
                new JsonObject()
                        .put("alert_id", id)
                        .put("acknowledged_by", "robot")
                        .put("ack_message", "restarting")
                        .put("ack_for", "2h"));
        assertThat(acknowledged.getString("state")).isEqualTo("acknowledged");
        assertThat(acknowledged.getString("acknowledged_by")).isEqualTo("robot");
        await().untilAsserted(() -> assertThat(acks)
                .anySatisfy(ack -> assertThat(ack.getString("alert_id")).isEqualTo(id)));
        assertThat(tocsin.http().alert(id).getString("state")).isEqualTo("acknowledged");

        JsonObject resolve = new JsonObject().put("alert_id", id).put("resolved_by", "robot");
        assertThatThrownBy(() -> request("tocsin.command.resolve", resolve))
                .as("a fresh reading supports it")
                .isInstanceOfSatisfying(ReplyException.class, refused -> {
                    assertThat(refused.failureCode()).isEqualTo(409);
                    assertThat(refused.getMessage()).contains("fresh reading", "memory at 97 %");
                });
        assertThatThrownBy(() -> request("tocsin.command.ack", new JsonObject().put("alert_id", id)))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        refused -> assertThat(refused.getMessage()).contains("acknowledged_by"));

        send(Given.memory("n1", 40));
        await().untilAsserted(() -> assertThat(states(ofType)).contains("resolved"));
        List<Integer> revisions = ofType.stream()
                .filter(one -> one.getString("id").equals(id))
                .map(one -> one.getInteger("revision"))
                .toList();
        assertThat(revisions).as("in order, each once").isSorted();
    }

    @Test
    void anythingButTelemetryIsRefusedAndHarmsNothing() {
        for (Object body : List.of(17, "text", true, new JsonArray())) {
            assertThatThrownBy(() ->
                            theirs.eventBus().request("tocsin.telemetry", body).await())
                    .as(body.toString())
                    .isInstanceOfSatisfying(
                            ReplyException.class,
                            refused -> assertThat(refused.failureCode()).isEqualTo(400));
        }
        JsonObject none = send(new JsonObject());
        assertThat(none.getInteger("accepted")).isZero();
        assertThat(none.getJsonArray("rejected").getJsonObject(0).getString("error"))
                .contains("type");
        for (Object body : List.of(17, "text", new JsonArray())) {
            assertThatThrownBy(() -> theirs.eventBus()
                            .request("tocsin.command.ack", body)
                            .await())
                    .as(body.toString())
                    .isInstanceOf(ReplyException.class);
        }
        assertThat(send(Given.memory("n1", 12)).getInteger("accepted")).isEqualTo(1);
    }

    private static List<String> states(List<JsonObject> alerts) {
        return alerts.stream().map(alert -> alert.getString("state")).toList();
    }

    private <T> List<T> hear(String address) {
        List<T> heard = new CopyOnWriteArrayList<>();
        theirs.eventBus()
                .<T>consumer(address, message -> heard.add(message.body()))
                .completion()
                .await();
        return heard;
    }

    private JsonObject send(Object telemetry) {
        return theirs.eventBus()
                .<JsonObject>request("tocsin.telemetry", telemetry)
                .await()
                .body();
    }

    private JsonObject request(String address, JsonObject body) {
        return theirs.eventBus().<JsonObject>request(address, body).await().body();
    }
}
