package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator edits rules while telemetry comes in. */
class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MEMORY = "threshold/memory.drl";
    private static final String SCENARIO = """
            description: 96 % is critical, 50 % is nothing
            cases:
            - name: 96 is critical
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 96}
              - at: 40s
                expect: {alerts: [{alert_type: memory_usage, state: firing, severity: critical}]}
            - name: 50 is silent
              timeline:
              - at: 0s
                send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 50}
              - at: 40s
                expect: {alerts: []}
            """;

    @TempDir
    Path folder;

    private Policy policy;
    private ProcessAppliance tocsin;

    @BeforeEach
    void start() throws IOException {
        policy = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "routing/log",
                        "routing/pagerduty",
                        "routing/slack")
                .hasty();
        for (String name : List.of("routing/log", "routing/pagerduty", "routing/slack", "threshold/memory")) {
            Files.writeString(policy.folder().resolve(name + ".scenario.yaml"), SCENARIO);
        }
        tocsin = new ProcessAppliance(folder, policy.folder()).start();
    }

    @AfterEach
    void stop() {
        tocsin.close();
    }

    private JsonObject rules() {
        return tocsin.http().get("/api/v1/rules").json();
    }

    private JsonObject reload(String result) {
        return await().atMost(SOON)
                .until(
                        () -> rules().getJsonObject("last_reload"),
                        last -> last != null && last.getString("result").equals(result));
    }

    private JsonObject alert(String query, String state) {
        return await().atMost(SOON)
                .until(
                        () -> tocsin.http().alerts(query).stream()
                                .filter(one -> one.getString("state").equals(state))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private List<String> told(JsonObject alert) {
        return tocsin
                .http()
                .get("/api/v1/alerts/" + alert.getString("id") + "/history")
                .json()
                .getJsonArray("notifications")
                .stream()
                .map(one -> ((JsonObject) one).getString("change"))
                .toList();
    }

    @Test
    void limitThatIsEditedUnderLoadCountsAtOnceAndNothingElseHappens() throws Exception {
        AtomicBoolean on = new AtomicBoolean(true);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Thread load = new Thread(() -> {
            while (on.get()) {
                List<JsonObject> batch = List.of(
                        Given.memory("n1", 89),
                        Given.memory("n2", 93),
                        Given.memory("n3", 50),
                        new JsonObject(Map.of(
                                "type", "metric", "node", "n4", "name", "count", "value", sent.incrementAndGet())));
                Http.Answer answer = tocsin.http().post("/api/v1/telemetry", "application/json", batch.toString());
                if (answer.status() != 202) {
                    refused.incrementAndGet();
                }
            }
        });
        load.start();
        JsonObject first = alert("&node=n1", "firing");
        JsonObject second = alert("&node=n2", "firing");
        tocsin.http()
                .post(
                        "/api/v1/alerts/" + second.getString("id") + "/ack",
                        new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it"));
        String before = rules().getString("rule_hash");

        policy.edit(MEMORY, "usagePercent > 85)", "usagePercent > 92)");
        JsonObject taken = reload("taken");
        assertThat(taken.getString("trigger")).isEqualTo("change");
        assertThat(taken.getString("previous_hash")).isEqualTo(before);
        assertThat(taken.getInteger("rules_changed")).isEqualTo(1);
        assertThat(rules().getString("rule_hash")).isEqualTo(taken.getString("rule_hash"));
        assertThat(alert("&node=n1", "resolved").getString("resolved_because")).isEqualTo("policy changed");
        int sentBefore = sent.get();
        await().atMost(SOON).until(() -> sent.get() > sentBefore + 50);
        on.set(false);
        load.join();

        assertThat(refused).hasValue(0);
        assertThat(tocsin.http().get("/api/v1/clusters/default/readings").array().stream()
                        .map(one -> (JsonObject) one)
                        .filter(one -> "count".equals(one.getString("name")))
                        .map(one -> one.getInteger("value")))
                .containsExactly(sent.get());
        JsonObject kept = tocsin.http().alert(second.getString("id"));
        assertThat(kept.getString("state")).isEqualTo("acknowledged");
        assertThat(kept.getString("acknowledged_by")).isEqualTo("ann");
        assertThat(tocsin.http().alerts("")).hasSize(2);
        await().atMost(SOON).untilAsserted(() -> assertThat(told(first)).containsExactly("fired", "resolved"));
        assertThat(told(second)).containsExactly("fired", "acknowledged");
        assertThat(tocsin.said())
                .contains("★ rules reloaded: 4 files, hash " + before + " → " + taken.getString("rule_hash"))
                .contains("0 rules new, 1 changed, 0 gone");
        // what was decided under the old rules is explained by them
        assertThat(tocsin.http()
                        .get("/api/v1/alerts/" + first.getString("id") + "/why")
                        .body())
                .contains("usagePercent > 85)");
    }

    @Test
    void changeThatIsWrongIsAnAlertUntilItIsRight() throws Exception {
        tocsin.http().telemetry(Given.memory("n1", 89));
        JsonObject firing = alert("&node=n1", "firing");
        policy.edit(MEMORY, "usagePercent > 85)", "usagePercnt > 92)");
        JsonObject refused = reload("refused");
        JsonObject problem = refused.getJsonArray("problems").getJsonObject(0);
        assertThat(problem.getString("file")).endsWith(MEMORY);
        assertThat(problem.getInteger("line")).isEqualTo(policy.line(MEMORY, "usagePercnt"));
        assertThat(problem.getString("what") + problem.getString("hint")).contains("usagePercent");
        JsonObject own = alert("&alert_type=rules_rejected", "firing");
        assertThat(own.getString("message")).contains("memory.drl:" + problem.getInteger("line"));
        assertThat(tocsin.said()).contains("❌ rules not reloaded: 1 problem").doesNotContain("Exception");
        Http.Answer asked = tocsin.http().post("/-/reload", new JsonObject());
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.json().getJsonArray("problems")).hasSize(1);
        assertThat(tocsin.http().alert(firing.getString("id")).getString("state"))
                .isEqualTo("firing");
        assertThat(tocsin.ready()).isTrue();

        policy.edit(MEMORY, "usagePercnt > 92)", "usagePercent > 92)");
        reload("taken");
        alert("&alert_type=rules_rejected", "resolved");
        alert("&node=n1", "resolved");
    }

    @Test
    void scenarioThatFailsKeepsTheOldRulesAndForceDoesNot() {
        policy.edit(MEMORY, "usagePercent >= 95", "usagePercent >= 98");
        JsonObject refused = reload("refused");
        assertThat(refused.getJsonArray("problems").getJsonObject(0).getString("file"))
                .endsWith("memory.scenario.yaml");
        assertThat(refused.getJsonArray("problems").getJsonObject(0).getString("what"))
                .contains("96 is critical");
        Http.Answer forced = tocsin.http().post("/-/reload?force=true", new JsonObject());
        assertThat(forced.status()).isEqualTo(200);
        assertThat(forced.json().getBoolean("changed")).isTrue();
        assertThat(tocsin.http()
                        .post("/-/reload?force=perhaps", new JsonObject())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void hangUpReloadsAndFilesAloneDoNotWhereConfigSaysSo() throws Exception {
        tocsin.terminate();
        tocsin.set("rules.watch=false").start();
        String before = rules().getString("rule_hash");
        policy.edit(MEMORY, "usagePercent > 85)", "usagePercent > 92)");
        await().pollDelay(Duration.ofSeconds(3))
                .until(() -> rules().getString("rule_hash").equals(before));
        tocsin.hangUp();
        JsonObject taken = reload("taken");
        assertThat(taken.getString("trigger")).isEqualTo("signal");
        assertThat(tocsin.alive()).isTrue();
    }

    @Test
    void folderThatIsGoneForAWhileIsNamedAndComesBack() throws Exception {
        tocsin.http().telemetry(Given.memory("n1", 89));
        JsonObject firing = alert("&node=n1", "firing");
        Path away = folder.resolve("away");
        Files.move(policy.folder(), away);
        assertThat(reload("refused").getJsonArray("problems").encode()).contains("no such folder");
        Files.move(away, policy.folder());
        reload("unchanged");
        assertThat(tocsin.http().alert(firing.getString("id")).getString("state"))
                .isEqualTo("firing");
        assertThat(tocsin.said()).contains("★ rules looked at again: good again");
    }
}
