package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call of the HTTP interface answers in the shape that is promised. */
class ContractIT {
    private static final List<String> ALERT = List.of(
            "id",
            "key",
            "cluster",
            "node",
            "subject",
            "alert_type",
            "severity",
            "message",
            "context",
            "timestamp",
            "labels",
            "value",
            "limit",
            "limit_type",
            "state",
            "stale",
            "degraded",
            "escalation_level",
            "next_escalation_at",
            "since",
            "fired_at",
            "acknowledged_at",
            "acknowledged_by",
            "ack_message",
            "ack_expires_at",
            "auto_ack",
            "resolved_at",
            "resolved_because",
            "updated_at",
            "revision",
            "rules",
            "rule_hash");

    @TempDir
    static Path folder;

    private static ProcessAppliance tocsin;
    private static Http http;

    @BeforeAll
    static void start() {
        Policy policy = Policy.shipped(folder.resolve("rules")).hasty();
        tocsin = new ProcessAppliance(folder, policy.folder())
                .config("clusters: {main: {nodes: [n1, n2], quorum: 2}}")
                .start();
        http = tocsin.http();
        http.telemetry(Given.component("n1", "store", "healthy").put("cluster", "main"));
        http.telemetry(Given.component("n2", "store", "unhealthy").put("cluster", "main"));
        http.telemetry(Given.component("other", "store", "unhealthy"));
    }

    @AfterAll
    static void stop() {
        tocsin.close();
    }

    private static JsonObject alert() {
        return http.alerts("&node=n2&alert_type=component_unhealthy").get(0);
    }

    @Test
    void everyAlertHasEveryField() {
        assertThat(http.alerts(""))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.fieldNames()).containsAll(ALERT));
        JsonObject alert = http.alert(alert().getString("id"));
        assertThat(alert.fieldNames()).containsAll(ALERT);
        assertThat(alert.getString("cluster")).isEqualTo("main");
        assertThat(alert.getString("key")).contains("main", "component_unhealthy", "n2");
        JsonObject rule = alert.getJsonArray("rules").getJsonObject(0);
        assertThat(rule.fieldNames()).contains("name", "file", "line");
        assertThat(rule.getString("file")).isEqualTo("threshold/component.drl");
    }

    @Test
    void listIsFilteredAndPaged() {
        assertThat(http.alerts("&cluster=default"))
                .hasSize(1)
                .allMatch(one -> one.getString("node").equals("other"));
        assertThat(http.alerts("&severity=info")).isEmpty();
        Set<String> seen = new TreeSet<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonObject page = http.get("/api/v1/alerts?limit=1" + (cursor == null ? "" : "&cursor=" + cursor))
                    .json();
            page.getJsonArray("alerts").forEach(one -> seen.add(((JsonObject) one).getString("id")));
            assertThat(page.fieldNames()).containsExactlyInAnyOrder("alerts", "next_cursor");
            cursor = page.getString("next_cursor");
        } while (cursor != null && ++pages < 50);
        assertThat(seen)
                .containsAll(
                        http.alerts("").stream().map(one -> one.getString("id")).collect(Collectors.toSet()));
    }

    @Test
    void historyAndWhyTellWhatHappened() {
        String id = alert().getString("id");
        await().untilAsserted(() ->
                assertThat(http.get("/api/v1/alerts/" + id + "/history").body()).contains("\"state\":\"sent\""));
        JsonObject history = http.get("/api/v1/alerts/" + id + "/history").json();
        assertThat(history.getJsonArray("transitions")).isNotEmpty();
        assertThat(history.getJsonArray("notifications").getJsonObject(0).fieldNames())
                .contains("receiver", "state", "attempts", "revision");
        JsonObject why = http.get("/api/v1/alerts/" + id + "/why").json();
        JsonObject because = why.getJsonArray("because").getJsonObject(0);
        assertThat(because.getJsonObject("rule").getString("name")).isEqualTo("component is unhealthy");
        assertThat(because.getString("text")).contains("rule \"component is unhealthy\"", "HealthStatus.UNHEALTHY");
        assertThat(because.getJsonArray("facts").getJsonObject(0).getString("node"))
                .isEqualTo("n2");
        assertThat(why.fieldNames()).contains("suppressed_by", "transitions", "notifications");
    }

    @Test
    void answersAreTakenOrRefusedWithTheReason() {
        http.telemetry(Given.component("answered", "c", "unhealthy"));
        String path = "/api/v1/alerts/" + http.alerts("&node=answered").get(0).getString("id");
        Http.Answer refused = http.post(path + "/resolve", new JsonObject().put("resolved_by", "ann"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("error")).contains("fresh reading");
        JsonObject ack = new JsonObject()
                .put("acknowledged_by", "ann")
                .put("ack_message", "on it")
                .put("ack_for", "2h");
        Http.Answer once = http.post(path + "/ack", ack);
        assertThat(once.status()).isEqualTo(200);
        assertThat(once.json().fieldNames()).containsAll(ALERT);
        assertThat(once.json().getString("ack_expires_at")).isNotNull();
        Http.Answer twice = http.post(path + "/ack", ack);
        assertThat(twice.status()).isEqualTo(200);
        assertThat(twice.json().getInteger("revision")).isEqualTo(once.json().getInteger("revision"));
        http.telemetry(Given.component("answered", "c", "healthy"));
        await().until(() -> http.get(path).json().getString("state").equals("resolved"));
        assertThat(http.post(path + "/ack", ack).status()).isEqualTo(409);
    }

    @Test
    void clustersTellTheirHealthAndReadings() {
        JsonArray clusters = http.get("/api/v1/clusters").array();
        assertThat(clusters)
                .allSatisfy(one -> assertThat(((JsonObject) one).fieldNames())
                        .contains(
                                "cluster",
                                "status",
                                "healthy_nodes",
                                "total_nodes",
                                "quorum_status",
                                "owner",
                                "epoch"));
        assertThat(clusters.stream().map(one -> ((JsonObject) one).getString("cluster")))
                .containsExactly("default", "main");
        JsonObject health = http.get("/api/v1/clusters/main/health").json();
        assertThat(health.getString("type")).isEqualTo("cluster_health");
        assertThat(health.getInteger("total_nodes")).isEqualTo(2);
        assertThat(health.getString("quorum_status")).isEqualTo("lost");
        assertThat(health.getJsonArray("unhealthy_nodes")).containsExactly("n2");
        JsonArray readings = http.get("/api/v1/clusters/main/readings").array();
        assertThat(readings)
                .hasSize(2)
                .allSatisfy(one -> assertThat(((JsonObject) one).fieldNames())
                        .contains("type", "node", "component", "status", "received_at", "fresh"));
    }

    @Test
    void rulesAndStatsAreTold() {
        JsonObject rules = http.get("/api/v1/rules").json();
        assertThat(rules.getString("rule_hash")).isNotBlank();
        assertThat(rules.getJsonArray("rules")).allSatisfy(one -> {
            JsonObject rule = (JsonObject) one;
            assertThat(rule.fieldNames()).contains("name", "file", "line", "state", "fired", "last_error");
            assertThat(rule.getString("state")).isEqualTo("active");
        });
        JsonObject stats = http.get("/api/v1/stats?since=1h").json();
        assertThat(stats.fieldNames())
                .contains("mtta_seconds", "mttr_seconds", "by_rule", "by_severity", "by_receiver");
    }

    @Test
    void servicePathsAnswer() {
        assertThat(http.get("/-/healthy").status()).isEqualTo(200);
        assertThat(http.get("/-/ready").status()).isEqualTo(200);
        Http.Answer metrics = http.get("/metrics");
        assertThat(metrics.whole().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(metrics.body()).contains("# TYPE tocsin_");
        Http.Answer page = http.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.whole().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
        assertThat(http.get("/api/v1/nothing").json().getString("error")).isNotBlank();
    }

    @Test
    void descriptionNamesWhatIsThere() {
        JsonObject description = http.get("/api/openapi.json").json();
        assertThat(description.getString("openapi")).startsWith("3.1");
        JsonObject schema =
                description.getJsonObject("components").getJsonObject("schemas").getJsonObject("Alert");
        assertThat(schema.getJsonObject("properties").fieldNames()).containsAll(alert().fieldNames());
        Set<String> paths = description.getJsonObject("paths").fieldNames();
        assertThat(paths)
                .contains(
                        "/api/v1/telemetry",
                        "/api/v1/alerts",
                        "/api/v1/alerts/{id}",
                        "/api/v1/alerts/{id}/history",
                        "/api/v1/alerts/{id}/why",
                        "/api/v1/rules/{rule}/why-not",
                        "/api/v1/alerts/{id}/ack",
                        "/api/v1/alerts/{id}/resolve",
                        "/api/v1/clusters",
                        "/api/v1/clusters/{cluster}/health",
                        "/api/v1/clusters/{cluster}/readings",
                        "/api/v1/stats",
                        "/api/v1/rules",
                        "/-/healthy",
                        "/-/ready",
                        "/metrics");
        Stream<String> plain = paths.stream()
                .filter(path -> !path.contains("{")
                        && plain(description
                                .getJsonObject("paths")
                                .getJsonObject(path)
                                .getJsonObject("get")));
        assertThat(plain).allSatisfy(path -> assertThat(http.get(path).status()).isEqualTo(200));
    }

    /** Whether it can be asked for by its address alone, and its answer ends. */
    private static boolean plain(JsonObject get) {
        return get != null
                && !get.encode().contains("text/event-stream")
                && get.getJsonArray("parameters", JsonArray.of()).stream()
                        .noneMatch(one -> ((JsonObject) one).getBoolean("required", false));
    }
}
