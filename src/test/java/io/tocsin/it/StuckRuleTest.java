package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.Appliance;
import io.tocsin.config.ConfigLoader;
import io.tocsin.config.Overrides;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance with rules that do not return: their thread is lost, the clusters it watched are not. */
class StuckRuleTest {
    /** More than there are lanes, so that several share each. */
    private static final List<String> CLUSTERS =
            IntStream.range(0, 8).mapToObj(number -> "c" + number).toList();

    private static final String RULE = """
            rule "%1$s is named"
            when
                $m : Metric(name == "%1$s", node matches "%2$s")
            then
                insertLogical(Finding.of("%1$s", $m).warning("named"));
            end
            """;
    private static final String HEADER = "package rules; import io.tocsin.model.*;\n";

    @TempDir
    Path folder;

    private Appliance tocsin;
    private Http http;

    @AfterEach
    void stop() {
        if (tocsin != null) {
            tocsin.close();
        }
    }

    private void start(String drl) throws Exception {
        Path rules = Policy.only(folder.resolve("rules"), "threshold/component", "routing/log")
                .folder();
        Files.writeString(rules.resolve("threshold/named.drl"), HEADER + drl);
        start();
    }

    private void start() throws Exception {
        Map<String, String> sets = new HashMap<>(Map.of(
                "http.port", "0",
                "hazelcast.enabled", "false",
                "collect.host.enabled", "false",
                "rules.watch", "false",
                "rules.stuck_after", "1s"));
        Overrides overrides = new Overrides(folder.resolve("rules"), folder.resolve("data"));
        tocsin = Appliance.start(
                ConfigLoader.load(null, sets, Map.of(), overrides).settings(), Clock.systemUTC());
        http = new Http(tocsin.address());
    }

    /** What waits for a thread that was given up finds its pool closed when that thread is back, which is no fault. */
    private static ConditionFactory await() {
        return Awaitility.await().dontCatchUncaughtExceptions();
    }

    private static JsonObject metric(String cluster, String name, String node) {
        return new JsonObject()
                .put("type", "metric")
                .put("cluster", cluster)
                .put("node", node)
                .put("name", name)
                .put("value", 1)
                .put("ttl", "1h");
    }

    private static JsonObject unhealthy(String cluster, String node) {
        return Given.component(node, "disk", "unhealthy").put("cluster", cluster);
    }

    /** Sends telemetry that a rule does not return on; how it is answered. */
    private CompletableFuture<Http.Answer> poison(JsonObject message) {
        return CompletableFuture.supplyAsync(() -> http.post("/api/v1/telemetry", message));
    }

    private void isRefused(CompletableFuture<Http.Answer> answer) throws Exception {
        Http.Answer refused = answer.get(10, TimeUnit.SECONDS);
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("was stuck in a rule and is taken up again; try again");
    }

    /** Sends a node's failure in every cluster, again while it is refused, and waits until each is alerted on. */
    private void everyClusterIsWatched(String node, Duration within) {
        await().atMost(within).untilAsserted(() -> {
            for (String cluster : CLUSTERS) {
                assertThat(http.post("/api/v1/telemetry", unhealthy(cluster, node))
                                .status())
                        .isEqualTo(202);
            }
        });
        await().atMost(within)
                .untilAsserted(
                        () -> assertThat(open("component_unhealthy", node)).containsOnlyKeys(CLUSTERS));
    }

    /** The ids of the open alerts of a type, by cluster. */
    private Map<String, String> open(String type, String node) {
        Map<String, String> open = new TreeMap<>();
        http.alerts("&state=firing&alert_type=" + type + (node == null ? "" : "&node=" + node))
                .forEach(alert -> open.put(alert.getString("cluster"), alert.getString("id")));
        return open;
    }

    /** It looks at every constraint, also at one that the engine never came to. */
    @Test
    void questionWhyNotThatDoesNotReturnNamesTheRuleAndKeepsNoOther() throws Exception {
        start(RULE.formatted("poison", "(.*a){20}b") + RULE.formatted("harmless", "a+"));
        String node = "a".repeat(60);
        assertThat(http.post("/api/v1/telemetry", metric("c1", "other", node)).status())
                .isEqualTo(202);
        Http.Answer answer = http.get("/api/v1/rules/poison%20is%20named/why-not?cluster=c1&node=" + node);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .contains("rule \\\"poison is named\\\" (threshold/named.drl:2) did not return within 2s");
        assertThat(http.get("/api/v1/rules/poison%20is%20named/why-not?cluster=c1&node=" + node)
                        .body())
                .as("it is not tried again")
                .isEqualTo(answer.body());
        Http.Answer harmless = http.get("/api/v1/rules/harmless%20is%20named/why-not?cluster=c1&node=" + node);
        assertThat(harmless.status()).isEqualTo(200);
        assertThat(harmless.body()).contains("\"holds\":false");
        assertThat(http.post("/api/v1/telemetry", unhealthy("c1", "n1")).status())
                .isEqualTo(202);
    }

    private JsonObject rule(String name) {
        return http.get("/api/v1/rules").json().getJsonArray("rules").stream()
                .map(JsonObject.class::cast)
                .filter(rule -> rule.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Of those that telemetry comes of; the others are taken up in their time. */
    private Map<String, Integer> epochs() {
        Map<String, Integer> epochs = new TreeMap<>();
        http.get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .filter(one -> CLUSTERS.contains(one.getString("cluster")))
                .forEach(one -> epochs.put(one.getString("cluster"), one.getInteger("epoch")));
        return epochs;
    }

    private double metric(String name) {
        return http.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private void everyThreadIsBack() {
        await().atMost(Duration.ofMinutes(3)).until(() -> metric("tocsin_lane_threads_lost") == 0);
    }

    @Test
    void ruleThatDoesNotReturnLosesItsThreadAndNoClusterItsWatch() throws Exception {
        start(RULE.formatted("x", Slow.PATTERN));
        everyClusterIsWatched("n1", Duration.ofSeconds(10));
        Map<String, String> before = open("component_unhealthy", "n1");
        String slow = Slow.text(5);

        CompletableFuture<Http.Answer> answer = poison(metric("c0", "x", slow));
        isRefused(answer);
        everyClusterIsWatched("n2", Duration.ofSeconds(5));
        assertThat(metric("tocsin_lane_threads_lost"))
                .as("the thread is still at it")
                .isEqualTo(1);
        assertThat(metric("tocsin_lane_threads_replaced_total")).isEqualTo(1);

        JsonObject rule = rule("x is named");
        assertThat(rule.getString("state")).isEqualTo("quarantined");
        assertThat(rule.getString("last_error")).isEqualTo("did not return within 1s");
        List<JsonObject> alerts = http.alerts("&alert_type=rule_quarantined");
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).getString("cluster")).isEqualTo("c0");
        assertThat(alerts.get(0).getString("severity")).isEqualTo("critical");
        assertThat(alerts.get(0).getString("message"))
                .isEqualTo("rule \"x is named\" (threshold/named.drl:2) failed and is out of force: did not return"
                        + " within 1s");

        http.telemetry(metric("c0", "x", slow));
        http.telemetry(metric("c1", "x", "n1"));
        assertThat(open("component_unhealthy", "n1")).as("one life each").isEqualTo(before);
        Map<String, Integer> epochs = epochs();
        List<JsonObject> all = http.alerts("");

        everyThreadIsBack();
        everyClusterIsWatched("n3", Duration.ofSeconds(5));
        assertThat(epochs()).isEqualTo(epochs);
        assertThat(http.alerts("")).hasSize(all.size() + CLUSTERS.size()).containsAll(all);
        assertThat(http.alerts("&alert_type=x")).isEmpty();
        for (String id : before.values()) {
            assertThat(http.get("/api/v1/alerts/" + id + "/history").json().getJsonArray("notifications"))
                    .hasSize(1);
        }
        await().until(() -> http.get("/-/healthy").status() == 200);
    }

    @Test
    void memberThatLosesThreadAfterThreadSaysThatItIsNotWell() throws Exception {
        start(IntStream.rangeClosed(1, 4)
                .mapToObj(number -> RULE.formatted("x" + number, Slow.PATTERN + number))
                .reduce("", String::concat));
        everyClusterIsWatched("n1", Duration.ofSeconds(10));
        String slow = Slow.text(5);
        for (int number = 1; number <= 3; number++) {
            isRefused(poison(metric("c0", "x" + number, slow)));
            everyClusterIsWatched("n1" + number, Duration.ofSeconds(10));
            await().until(() -> http.get("/-/healthy").status() == 200);
        }
        CompletableFuture<Http.Answer> answer = poison(metric("c0", "x4", slow));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> http.get("/-/healthy").status() == 503);
        assertThat(http.get("/-/healthy").json().getString("reason"))
                .contains("is stuck in rule \"x4 is named\" (threshold/named.drl:");
        assertThat(http.get("/-/ready").status()).isEqualTo(503);
        assertThat(metric("tocsin_lane_threads_replaced_total")).isEqualTo(3);

        everyThreadIsBack();
        await().until(() -> http.get("/-/healthy").status() == 200);
        assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(503);
        everyClusterIsWatched("n2", Duration.ofSeconds(10));
        assertThat(rule("x4 is named").getString("state")).isEqualTo("quarantined");
        http.telemetry(metric("c0", "x4", slow));
    }

    @Test
    void rulesThatComeInMeanwhileGetToTheNextThread() throws Exception {
        start(RULE.formatted("x", Slow.PATTERN));
        everyClusterIsWatched("n1", Duration.ofSeconds(10));
        String slow = Slow.text(5);
        CompletableFuture<Http.Answer> answer = poison(metric("c0", "x", slow));
        Files.writeString(folder.resolve("rules/threshold/named.drl"), HEADER + RULE.formatted("x", "a+"));
        Http.Answer reloaded = http.post("/-/reload?force=true", new JsonObject());
        isRefused(answer);
        assertThat(reloaded.status()).as(reloaded.body()).isEqualTo(200);
        assertThat(reloaded.json().getString("result")).isEqualTo("taken");

        assertThat(rule("x is named").getString("state")).isEqualTo("active");
        http.telemetry(metric("c0", "x", slow));
        await().untilAsserted(() -> assertThat(open("x", slow)).containsOnlyKeys("c0"));
        await().untilAsserted(() -> assertThat(http.alerts("&alert_type=rule_quarantined&state=firing"))
                .isEmpty());
        everyThreadIsBack();
        everyClusterIsWatched("n2", Duration.ofSeconds(5));
    }

    @Test
    void ruleThatDoesNotReturnOnWhatIsStoredDoesNotKeepItFromStarting() throws Exception {
        start(RULE.formatted("x", "a+"));
        String slow = Slow.text(5);
        http.telemetry(unhealthy("c0", slow));
        await().untilAsserted(
                        () -> assertThat(open("component_unhealthy", slow)).containsOnlyKeys("c0"));
        tocsin.close();
        Files.writeString(
                folder.resolve("rules/threshold/named.drl"),
                HEADER + RULE.formatted("x", Slow.PATTERN).replace("Metric(name == \"x\",", "ComponentHealth("));
        start();
        assertThat(open("component_unhealthy", slow)).containsOnlyKeys("c0");
        assertThat(rule("x is named").getString("state")).isEqualTo("quarantined");
        everyClusterIsWatched("n1", Duration.ofSeconds(5));
        everyThreadIsBack();
        everyClusterIsWatched("n2", Duration.ofSeconds(5));
    }
}
