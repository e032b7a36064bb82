package io.tocsin.collect.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Address;
import io.tocsin.bus.Limits;
import io.tocsin.collect.Switchboard;
import io.tocsin.model.ResourceUsage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusIntakeVerticleTest {
    private Vertx vertx;
    private Switchboard switchboard;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        this.vertx = vertx;
        switchboard = new Switchboard(vertx);
        vertx.deployVerticle(new BusIntakeVerticle(Limits.DEFAULT, switchboard.site))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        await().until(() -> switchboard.batches().size() == 1);
        switchboard.batches().clear(); // how the intake itself is
    }

    @Test
    void objectArrayBufferAndStringAreTaken() throws Exception {
        assertThat(accepted(good())).isEqualTo(1);
        assertThat(accepted(new JsonArray().add(good()).add(good()))).isEqualTo(2);
        assertThat(accepted(good().toBuffer())).isEqualTo(1);
        assertThat(accepted("[" + good().encode() + "]")).isEqualTo(1);

        assertThat(switchboard.all(ResourceUsage.class))
                .hasSize(5)
                .allSatisfy(usage -> assertThat(usage.receivedAt()).isEqualTo(Switchboard.NOW));
        assertThat(switchboard.count("tocsin_collected_total", "source", "bus")).isEqualTo(5);
    }

    @Test
    void wrongMessagesAreNamedAndTheOthersAccepted() throws Exception {
        JsonObject answer = send(new JsonArray().add(good()).add(7).add(new JsonObject().put("type", "nonsense")));

        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        JsonArray rejected = answer.getJsonArray("rejected");
        assertThat(rejected).hasSize(2);
        assertThat(rejected.getJsonObject(0).getInteger("index")).isEqualTo(1);
        assertThat(rejected.getJsonObject(1).getInteger("index")).isEqualTo(2);
        assertThat(rejected.getJsonObject(1).getString("error")).contains("nonsense");
    }

    @Test
    void manyMessagesAreTakenAtOnce() throws Exception {
        JsonArray many = new JsonArray();
        for (int i = 0; i < 3000; i++) {
            many.add(good().put("node", "n" + i));
        }

        assertThat(accepted(many)).isEqualTo(3000);
        assertThat(switchboard.all(ResourceUsage.class).get(2999).node()).isEqualTo("n2999");
    }

    @Test
    void wrongBodiesFailWithTheReason() {
        assertFailure(42, 400, "found Integer, expected a JsonObject");
        assertFailure(null, 400, "found nothing");
        assertFailure("{oops", 400, "");
        assertFailure(new JsonArray(), 400, "empty");
        assertFailure(Buffer.buffer("[".repeat(100_000)), 400, "");
        assertFailure("x".repeat(5_000_000), 400, "found 5000000 bytes, at most 4194304");
        assertThat(switchboard.batches()).isEmpty();
        assertThat(switchboard.count("tocsin_collect_rejected_total", "source", "bus", "reason", "type"))
                .isEqualTo(2);
    }

    @Test
    void busySwitchboardMeansComeAgain() {
        switchboard.isBusy();

        assertFailure(good(), 503, "too much waits");
    }

    private static JsonObject good() {
        return new JsonObject()
                .put("type", "resource_usage")
                .put("node", "n1")
                .put("resource_type", "memory")
                .put("usage_percent", 89.5);
    }

    private void assertFailure(Object body, int code, String text) {
        assertThatThrownBy(() -> send(body)).cause().isInstanceOfSatisfying(ReplyException.class, reply -> {
            assertThat(reply.failureCode()).isEqualTo(code);
            assertThat(reply.getMessage()).contains(text);
        });
    }

    private int accepted(Object body) throws Exception {
        return send(body).getInteger("accepted");
    }

    private JsonObject send(Object body) throws Exception {
        return vertx.eventBus()
                .<JsonObject>request(Address.TELEMETRY, body)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .body();
    }
}
