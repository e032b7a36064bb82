package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process recorded, replayed by the packaged program. */
class ReplayIT {
    @TempDir
    Path folder;

    private Policy policy;
    private ProcessAppliance tocsin;

    @BeforeEach
    void start() {
        policy = Policy.shipped(folder.resolve("rules")).hasty();
        tocsin = new ProcessAppliance(folder, policy.folder())
                .config("clusters:\n  east: {nodes: [e1, e2, e3], quorum: 2}\n")
                .set("telemetry.record=true")
                .set("telemetry.default_ttl=4s")
                .start();
    }

    @AfterEach
    void stop() {
        tocsin.close();
    }

    @Test
    void aReplayWithTheSameRulesGivesTheAlertsOfTheLiveRun() {
        send("default", 97, "m1");
        send("east", 99, "e1", "e2");
        send("west", 50, "w1");
        String answered = firing("memory_usage", "m1");
        await().untilAsserted(() -> assertThat(tocsin.http().alert(answered).getInteger("escalation_level"))
                .isPositive());
        assertThat(Jar.run("ack", answered, "-m", "on it", "--by", "ann", "--url", tocsin.url()))
                .returns(0, Jar.Result::code);
        send("west", 96, "w1", "w2");
        firing("memory_usage", "w2");
        tocsin.terminate();
        tocsin.start();
        send("default", 40, "m1");
        send("east", 40, "e1");
        await().untilAsserted(() ->
                assertThat(tocsin.http().alert(answered).getString("state")).isEqualTo("resolved"));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(tocsin.http().alerts(""))
                        .anySatisfy(alert ->
                                assertThat(alert.getString("alert_type")).isEqualTo("node_silent")));
        tocsin.http()
                .post(
                        "/api/v1/alerts/" + firing("memory_usage", "w2") + "/ack",
                        new JsonObject().put("acknowledged_by", "bob"));

        Map<String, List<String>> live = live();
        tocsin.terminate();

        Jar.Result replay = Jar.run(
                "replay",
                "--rules",
                policy.folder().toString(),
                "-o",
                "json",
                recordings().toString());
        assertThat(replay.code()).as(replay.err()).isZero();
        Map<String, List<String>> replayed = replayed(new JsonObject(replay.out()), live);
        assertThat(replayed).containsAllEntriesOf(live);
        assertThat(live).hasSizeGreaterThan(4);
        assertThat(live.get(answered).toString()).contains("escalated", "acknowledged", "resolved");
        assertThat(replay.err()).doesNotContain("note:");
    }

    @Test
    void aRecordingOfAKilledProcessIsReplayedAsFarAsItGoes() {
        send("default", 97, "m1");
        firing("memory_usage", "m1");
        await().untilAsserted(() ->
                assertThat(report().getJsonObject("rules").getInteger("alerts")).isPositive());
        tocsin.kill();
        Jar.Result replay = Jar.run(
                "replay", "--rules", policy.folder().toString(), recordings().toString());
        assertThat(replay.code()).isZero();
        assertThat(replay.out()).contains("memory_usage", "m1");
        assertThat(replay.err()).contains("note: ").containsPattern("has no end|in the middle of a frame");
    }

    private JsonObject report() {
        Jar.Result replay = Jar.run(
                "replay",
                "--rules",
                policy.folder().toString(),
                "-o",
                "json",
                recordings().toString());
        assertThat(replay.code()).as(replay.err()).isZero();
        return new JsonObject(replay.out());
    }

    private Path recordings() {
        return tocsin.data().resolve("recordings");
    }

    private void send(String cluster, double percent, String... nodes) {
        for (String node : nodes) {
            tocsin.http().telemetry(Given.memory(node, percent).put("cluster", cluster));
        }
    }

    private String firing(String type, String node) {
        return await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> tocsin.http().alerts("&node=" + node + "&alert_type=" + type).stream()
                                .filter(alert -> !alert.getString("state").equals("pending"))
                                .map(alert -> alert.getString("id"))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /** What the API says of every alert, at one moment of its own. */
    private Map<String, List<String>> live() {
        Map<String, List<String>> alerts = new TreeMap<>();
        for (JsonObject alert : tocsin.http().alerts("")) {
            if (!alert.getString("state").equals("pending")) {
                String id = alert.getString("id");
                JsonObject history =
                        tocsin.http().get("/api/v1/alerts/" + id + "/history").json();
                alerts.put(id, lines(history.getJsonArray("transitions"), history.getJsonArray("notifications")));
            }
        }
        return alerts;
    }

    /** The same of a replay, as far as the API had come when it was asked. */
    private static Map<String, List<String>> replayed(JsonObject report, Map<String, List<String>> live) {
        Map<String, List<String>> alerts = new TreeMap<>();
        for (Object one : report.getJsonArray("alerts")) {
            JsonObject alert = ((JsonObject) one).getJsonObject("rules");
            List<String> lines = lines(alert.getJsonArray("transitions"), alert.getJsonArray("notifications"));
            List<String> then = live.getOrDefault(alert.getString("id"), lines);
            alerts.put(
                    alert.getString("id"),
                    lines.stream().filter(line -> later(line, then)).toList());
        }
        return alerts;
    }

    /** Whether the live run had come to this revision. */
    private static boolean later(String line, List<String> live) {
        long newest = live.stream().mapToLong(ReplayIT::revision).max().orElse(0);
        return revision(line) <= newest;
    }

    private static long revision(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static List<String> lines(JsonArray transitions, JsonArray notifications) {
        Stream<String> changes = transitions.stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getLong("revision") + " " + one.getString("kind") + " " + one.getString("at") + " "
                        + one.getString("detail"));
        Stream<String> told = notifications.stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getLong("revision") + " " + one.getString("change") + " to " + one.getString("receiver")
                        + " " + one.getString("created_at"));
        return Stream.concat(changes, told).sorted().toList();
    }
}
