package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused one by one, with where, what was found and what is allowed; nothing else is disturbed. */
class BadInputIT {
    private static final String TELEMETRY = "/api/v1/telemetry";

    @TempDir
    static Path folder;

    private static ProcessAppliance tocsin;

    @BeforeAll
    static void start() {
        Policy policy =
                Policy.only(folder.resolve("rules"), "threshold/component", "threshold/external", "routing/log");
        tocsin = new ProcessAppliance(folder, policy.folder()).start();
    }

    @AfterAll
    static void stop() {
        tocsin.close();
    }

    @AfterEach
    void isAsHealthyAsBefore() {
        assertThat(tocsin.alive()).isTrue();
        assertThat(tocsin.http().get("/-/healthy").status()).isEqualTo(200);
        assertThat(tocsin.ready()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"resource_usage"                                                                            | line
                    {"type":"resource_usgae","node":"n"}                                                                | resource_usage
                    {"type":"resource_usage","node":"n","usage_percent":5}                                              | resource_type
                    {"type":"resource_usage","node":"n","resource_type":"memory","usage_percent":"much"}                | usage_percent
                    {"type":"resource_usage","node":"n","resource_type":"memory","usage_percent":NaN}                   | NaN
                    {"type":"resource_usage","node":"n","resource_type":"memory","usage_percent":"NaN"}                 | usage_percent
                    {"type":"resource_usage","node":"n","resource_type":"memory","usage_percent":1e999}                 | usage_percent
                    {"type":"resource_usage","resource_type":"memory","usage_percent":5}                                | node
                    {"type":"resource_usage","node":7,"resource_type":"memory","usage_percent":5}                       | node
                    {"type":"component_health","node":"n","component":"c","status":"fine"}                              | degraded
                    {"type":"metric","node":"n","name":"m","value":1,"timestamp":"9999-12-31T23:59:59Z"}                | timestamp
                    {"type":"metric","node":"n","name":"m","value":1,"timestamp":"yesterday"}                           | timestamp
                    {"type":"metric","node":"n","name":"m","value":1,"ttl":"-5s"}                                       | ttl
                    "text"                                                                                              | object
                    []                                                                                                  | message
                    """)
    void wrongMessageIsNamed(String body, String named) {
        Http.Answer answer = tocsin.http().post(TELEMETRY, "application/json", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getString("error")).isNotBlank();
        assertThat(answer.body()).contains(named);
    }

    @Test
    void emptyBodyIsNamed() {
        Http.Answer answer = tocsin.http().post(TELEMETRY, "application/json", "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("error")).isNotBlank();
    }

    @Test
    void rightOnesBesideAWrongOneAreEvaluated() {
        JsonArray three = new JsonArray()
                .add(Given.component("right", "a", "unhealthy"))
                .add(Given.component("right", "b", "bad"))
                .add(Given.component("right", "c", "unhealthy"));
        Http.Answer answer = tocsin.http().post(TELEMETRY, "application/json", three.encode());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getInteger("accepted")).isEqualTo(2);
        JsonObject rejected = answer.json().getJsonArray("rejected").getJsonObject(0);
        assertThat(rejected.getInteger("index")).isEqualTo(1);
        assertThat(rejected.getString("error")).contains("status", "bad", "unhealthy");
        assertThat(tocsin.http().alerts("&node=right")).hasSize(2);
    }

    @Test
    void oneBadLineOfManyIsRejectedAlone() {
        String lines = Given.component("lines", "a", "unhealthy").encode() + "\n{\"type\":\n\n"
                + Given.component("lines", "b", "unhealthy").encode() + "\n";
        Http.Answer answer = tocsin.http().post(TELEMETRY, "application/x-ndjson", lines);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getInteger("accepted")).isEqualTo(2);
        assertThat(answer.json().getJsonArray("rejected")).hasSize(1);
        assertThat(answer.json().getJsonArray("rejected").getJsonObject(0).getInteger("index"))
                .isEqualTo(1);
        assertThat(tocsin.http().alerts("&node=lines")).hasSize(2);
    }

    @Test
    void olderReadingIsTakenCountedAndChangesNothing() {
        Instant now = Instant.now();
        tocsin.http().telemetry(Given.component("old", "c", "healthy").put("timestamp", now.toString()));
        tocsin.http()
                .telemetry(Given.component("old", "c", "unhealthy")
                        .put("timestamp", now.minusSeconds(60).toString()));
        assertThat(tocsin.http().alerts("&node=old")).isEmpty();
        await().untilAsserted(() -> assertThat(
                        tocsin.http().get("/metrics").body().lines())
                .as("counted")
                .anyMatch(line -> line.matches("tocsin_\\S*(older|out_of_order|late|stale)\\S* [1-9].*")));
    }

    @Test
    void bodyOfTenMegabytesIsTooLarge() {
        String large = "[" + (Given.memory("large", 12).encode() + ",").repeat(10_000_000 / 80) + "{}]";
        Http.Answer answer = tocsin.http().post(TELEMETRY, "application/json", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("error")).contains("4194304", "collect.http.max_body");
    }

    @Test
    void hundredThousandBracketsAreRefusedQuickly() {
        for (String bracket : List.of("[", "{\"a\":")) {
            Instant begun = Instant.now();
            Http.Answer answer = tocsin.http().post(TELEMETRY, "application/json", bracket.repeat(100_000));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("error")).contains("levels of arrays and objects");
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void controlCharactersDoNotReachTheLog() {
        String evil = "evil\u001b[31m\r\nFAKE LINE\u0007\u202e";
        assertThat(tocsin.http()
                        .post(TELEMETRY, Given.component(evil, "c", "unhealthy"))
                        .status())
                .as("as a name")
                .isEqualTo(400);
        tocsin.http()
                .telemetry(new JsonObject()
                        .put("type", "system_alert")
                        .put("node", "outside")
                        .put("alert_type", "fire")
                        .put("severity", "critical")
                        .put("message", evil));
        await().untilAsserted(() -> assertThat(tocsin.said()).contains("outside", "FAKE LINE"));
        assertThat(tocsin.said()).doesNotContain("\u001b", "\u0007", "\u202e", "\nFAKE LINE", "\rFAKE");
    }

    @Test
    void wrongAnswersAndQuestionsAreNamed() {
        Http http = tocsin.http();
        http.telemetry(Given.component("asked", "c", "unhealthy"));
        String id = http.alerts("&node=asked").get(0).getString("id");
        String ack = "/api/v1/alerts/" + id + "/ack";
        assertThat(http.post(ack, new JsonObject()).status()).isEqualTo(400);
        assertThat(http.post(ack, "application/json", "{").status()).isEqualTo(400);
        JsonObject good = new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
        assertThat(http.post(ack, good.copy().put("ack_for", "soon")).status()).isEqualTo(400);
        assertThat(http.post("/api/v1/alerts/ffffffffffff-1/ack", good).status())
                .isEqualTo(404);
        assertThat(http.get("/api/v1/alerts?state=fireing").body()).contains("firing");
        assertThat(http.get("/api/v1/alerts?stat=firing").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/alerts?limit=0").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/alerts?cursor=x").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/clusters/nowhere/readings").status()).isEqualTo(404);
        assertThat(http.get("/api/v1/nowhere").status()).isEqualTo(404);
        assertThat(http.alert(id).getString("state")).isEqualTo("firing");
    }
}
