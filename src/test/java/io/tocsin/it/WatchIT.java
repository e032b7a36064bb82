package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it watches by itself: its own host, and what its config tells it to ask. */
class WatchIT {
    @TempDir
    Path folder;

    @Test
    void ownHostAndProbesAreWatched() {
        Vertx vertx = Vertx.vertx();
        AtomicInteger status = new AtomicInteger(200);
        var server = vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().setStatusCode(status.get()).end("fine"))
                .listen(0, "127.0.0.1")
                .await();
        Policy policy = Policy.only(folder.resolve("rules"), "threshold/component", "threshold/health_check");
        try (var tocsin = new ProcessAppliance(folder, policy.folder())) {
            tocsin.config("collect: {probes: {shop-http: {node: n7, component: shop, every: 1s, timeout: 1s, http: "
                            + "\"http://127.0.0.1:" + server.actualPort() + "/\"}}}")
                    .set("collect.host.enabled=true")
                    .start();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(resources(tocsin)).contains("cpu", "memory", "disk"));
            await().untilAsserted(() -> assertThat(readings(tocsin))
                    .anyMatch(one -> one.getString("type").equals("health_check")
                            && one.getString("check_name").equals("shop-http")
                            && one.getString("result").equals("pass"))
                    .anyMatch(one -> one.getString("type").equals("component_health")
                            && one.getString("component").equals("shop")
                            && one.getString("status").equals("healthy")));
            assertThat(tocsin.http().alerts("&node=n7")).isEmpty();

            status.set(500);
            JsonObject alert = await().atMost(Duration.ofSeconds(5))
                    .until(
                            () -> tocsin.http().alerts("&node=n7&alert_type=component_unhealthy").stream()
                                    .findFirst()
                                    .orElse(null),
                            found -> found != null);
            assertThat(alert.getString("state")).isEqualTo("firing");
            assertThat(alert.getString("severity")).isEqualTo("critical");
        } finally {
            vertx.close().await();
        }
    }

    private static Set<JsonObject> readings(ProcessAppliance tocsin) {
        Http.Answer answer = tocsin.http().get("/api/v1/clusters/default/readings");
        assertThat(answer.status()).isEqualTo(200);
        return answer.array().stream().map(JsonObject.class::cast).collect(Collectors.toSet());
    }

    private static Set<String> resources(ProcessAppliance tocsin) {
        return readings(tocsin).stream()
                .filter(one -> one.getString("type").equals("resource_usage") && one.getBoolean("fresh"))
                .map(one -> one.getString("resource_type"))
                .collect(Collectors.toSet());
    }
}
