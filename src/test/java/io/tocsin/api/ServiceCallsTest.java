package io.tocsin.api;

import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceCallsTest {
    private final ApiFixture api = new ApiFixture();

    @BeforeEach
    void start() throws Exception {
        api.router
                .post("/api/v1/telemetry")
                .handler(ctx -> ctx.response().setStatusCode(202).end());
        api.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void aliveIsAliveWhateverElseIsWrong() throws Exception {
        api.readiness = new Readiness(false, false, false);

        assertThat(api.get("/-/healthy").statusCode()).isEqualTo(200);
    }

    @Test
    void readyOnlyWithClusterStoreAndRules() throws Exception {
        var ready = api.get("/-/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.bodyAsJsonObject()).isEqualTo(readiness(true, true, true, true));

        api.readiness = new Readiness(true, true, false);
        var not = api.get("/-/ready");
        assertThat(not.statusCode()).isEqualTo(503);
        assertThat(not.bodyAsJsonObject()).isEqualTo(readiness(false, true, true, false));
    }

    private static JsonObject readiness(boolean ready, boolean joined, boolean store, boolean rules) {
        return new JsonObject()
                .put("ready", ready)
                .put("joined", joined)
                .put("store", store)
                .put("rules", rules);
    }

    @Test
    void metricsAreThoseOfTheRegistry() throws Exception {
        api.metrics.counter("tocsin.things").increment();
        var response = api.get("/metrics");

        assertThat(response.getHeader("content-type")).startsWith("text/plain");
        assertThat(response.bodyAsString()).contains("tocsin_things_total 1.0");
    }

    @Test
    void headGivesTheHeadersOnly() throws Exception {
        api.metrics.counter("tocsin.things").increment();
        for (String path : new String[] {"/", "/-/healthy", "/-/ready", "/metrics", "/api/v1/alerts"}) {
            var head = api.call(HttpMethod.HEAD, path, null);
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isNull();
            assertThat(Integer.parseInt(head.getHeader("content-length"))).isPositive();
        }
    }

    @Test
    void theDescriptionHasExactlyTheCallsOfTheRouter() throws Exception {
        Set<String> routed = new TreeSet<>();
        for (Route route : api.router.getRoutes()) {
            if (route.getPath() != null) {
                route.methods().stream()
                        .filter(method -> !method.equals(HttpMethod.HEAD))
                        .forEach(method -> routed.add(method + " " + Elsewhere.shown(route)));
            }
        }

        assertThat(routed).isEqualTo(described());
    }

    private Set<String> described() throws Exception {
        Set<String> calls = new TreeSet<>();
        JsonObject paths = api.get("/api/openapi.json").bodyAsJsonObject().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                if (!method.equals("parameters")) {
                    calls.add(method.toUpperCase(Locale.ROOT) + " " + path);
                }
            }
        }
        return calls;
    }

    @Test
    void everyReferenceOfTheDescriptionLeadsSomewhere() throws Exception {
        JsonObject description = api.get("/api/openapi.json").bodyAsJsonObject();
        var references =
                Pattern.compile("\"\\$ref\":\"#/components/(\\w+)/(\\w+)\"").matcher(description.encode());
        int found = 0;
        while (references.find()) {
            found++;
            assertThat(description
                            .getJsonObject("components")
                            .getJsonObject(references.group(1))
                            .fieldNames())
                    .contains(references.group(2));
        }
        assertThat(found).isGreaterThan(20);
        assertThat(description.getString("openapi")).startsWith("3.1");
    }

    @Test
    void aPathThatIsNotThereNamesThoseThatAre() throws Exception {
        var response = api.get("/api/v1/alrts");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response))
                .contains("there is no \"/api/v1/alrts\"; did you mean /api/v1/alerts?")
                .contains("/api/v1/alerts/{id}/why", "/api/v1/telemetry");
    }

    @Test
    void aMethodThatIsNotThereNamesThoseThatAre() throws Exception {
        var response = api.call(HttpMethod.DELETE, "/api/v1/alerts/x", null);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("allow")).isEqualTo("GET, HEAD");
        assertThat(error(response)).contains("takes no DELETE; allowed: GET, HEAD");

        assertThat(api.get("/api/v1/telemetry").getHeader("allow")).isEqualTo("POST");
        assertThat(api.get("/api/v1/alerts/x/ack").getHeader("allow")).isEqualTo("POST");
    }

    @Test
    void rowsThatAreReplacedWhileTheyAreReadDisturbNobody() throws Exception {
        MultiGauge rows = MultiGauge.builder("tocsin.rows").register(api.metrics);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> replaced = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                rows.register(
                        IntStream.range(0, 50)
                                .mapToObj(i -> MultiGauge.Row.of(Tags.of("row", Integer.toString(i)), i))
                                .toList(),
                        true);
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                var response = api.get("/metrics");
                assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
            }
        } finally {
            over.set(true);
            replaced.join();
        }
    }

    @Test
    void callsThatNobodySaysWhoMayMakeAreNotServed() throws Exception {
        api.router.get("/later").handler(ctx -> ctx.response().end("late"));

        var response = api.get("/later");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.getHeader("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void aTakenPortIsOneClearError() {
        assertThatThrownBy(() -> {
                    try (ApiFixture second = new ApiFixture()) {
                        second.start(new HttpSettings("127.0.0.1", api.port, false));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("http.port: 127.0.0.1:" + api.port + " cannot be bound")
                .hasMessageContaining("set another http.port");
    }
}
