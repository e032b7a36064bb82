package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.evaluate.SomeFacts;
import io.tocsin.evaluate.why.Explanation;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.LimitType;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Percentile;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Source;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped rule, for a node without data, a healthy one and one that it fires for. */
class WhyNotAnswerTest {
    private static final RuleBook BOOK = load();

    private static RuleBook load() {
        try {
            return RuleBook.load(Path.of("rules"));
        } catch (RuleProblems problems) {
            throw new AssertionError(problems);
        }
    }

    @AfterAll
    static void close() {
        BOOK.close();
    }

    static Stream<String> rules() {
        return BOOK.rules().stream().map(rule -> rule.ref().name());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void nodeWithoutData(String rule) {
        JsonObject answer = ask(rule, "n9", List.of(), List.of("n1"));
        sensible(rule, answer, false);
        if (answer.getBoolean("about_nodes")) {
            assertThat(answer.getString("says"))
                    .startsWith("n9 never reported anything (what does: n1); there is no ")
                    .contains(" of n9");
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void healthyNode(String rule) {
        JsonObject answer = ask(rule, "n1", healthy(), List.of("n1"));
        sensible(rule, answer, rule.startsWith("cluster health follows from the nodes of"));
    }

    static Stream<String> rulesInFiles() {
        return rules().filter(rule -> !BOOK.rule(rule).ref().file().endsWith(".csv"));
    }

    @ParameterizedTest
    @MethodSource("rulesInFiles")
    void nodeThatItFiresFor(String rule) {
        for (int seed = 0; seed < 3000; seed++) {
            List<Object> facts = new SomeFacts(seed).list();
            if (BOOK.whyNot(rule).of(facts, "n1").holds()) {
                sensible(rule, ask(rule, "n1", facts, List.of("n1")), true);
                return;
            }
        }
        throw new AssertionError("no facts were found for " + rule);
    }

    @Test
    void rowOfATableIsExplainedByTheRulesItStandsFor() {
        Metric queue = new Metric(Head.of("main", "n1", SomeFacts.NOW, null), "queue_depth", 700);
        JsonObject answer = ask("queue_depth of any node is too high, warning", "n1", List.of(queue), List.of("n1"));
        assertThat(answer.getString("says")).isEqualTo("value > 1000: is 700, 300 short");
        assertThat(answer.getJsonObject("rule").getString("file")).isEqualTo("threshold/limits.csv");
    }

    @Test
    void figuresAreTold() {
        JsonObject answer = ask("memory is above 85 percent", "n1", healthy(), List.of("n1"));
        assertThat(answer.getString("says")).isEqualTo("usagePercent > 85: is 71.2, 13.8 short");
        JsonObject attempt = answer.getJsonArray("attempts").getJsonObject(0);
        assertThat(attempt.getString("key")).isEqualTo("main/memory_usage/n1");
        assertThat(attempt.getJsonObject("would_say").getString("message")).isEqualTo("memory at 71.2 %");
        JsonObject failing = attempt.getJsonArray("steps")
                .getJsonObject(0)
                .getJsonArray("seen")
                .getJsonObject(0)
                .getJsonArray("constraints")
                .getJsonObject(1);
        assertThat(failing.getDouble("left")).isEqualTo(71.2);
        assertThat(failing.getString("operator")).isEqualTo(">");
        assertThat(failing.getInteger("right")).isEqualTo(85);
        assertThat(failing.getDouble("by")).isCloseTo(13.8, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(failing.getInteger("line"))
                .isEqualTo(BOOK.rule("memory is above 85 percent").ref().line() + 2);
    }

    @Test
    void eachSideOfAComparisonIsWorkedOut() {
        assertThat(says("latency p95 is worse than its own baseline"))
                .isEqualTo(
                        "mean > baselineMean * 1.5: is 100, 50 short of 150; mean > baselineMean + 3 * baselineDeviation:"
                                + " is 100, 15 short of 115; mean > baselineMean + 20: is 100, 20 short of 120");
        assertThat(says("disk is full within the hour at this slope"))
                .contains("slopePerMinute > 0.01: is 0", "minutesUntil(100, value, slopePerMinute) < 60: is no figure");
        assertThat(says("node is down when most of its observers say so"))
                .isEqualTo("counts 0 of 3 HealthCheck: $bad * 2 > $m: is 0, 3 short of 3");
        assertThat(says("quorum is lost"))
                .isEqualTo("lacksQuorum(nodes, quorum, $silent, $sick, $failed): nodes is [n1, n2, n3], quorum is 2,"
                        + " $silent is nothing, $sick is nothing, $failed is nothing");
        assertThat(says("health check fails")).startsWith("result == CheckResult.FAIL: is pass");
        assertThat(says("memory alert stays until 80 percent")).isEqualTo("usagePercent > 80: is 71.2, 8.8 short");
    }

    @Test
    void readingThatIsNotFreshSaysSinceWhen() {
        ResourceUsage old = new ResourceUsage(head("n1").fresh(false), ResourceType.MEMORY, 71, null, null);
        assertThat(ask("memory is above 85 percent", "n1", List.of(old), List.of("n1"))
                        .getString("says"))
                .isEqualTo("usagePercent > 85: is 71, 14 short (the reading is not fresh since 2026-03-01T12:01:00Z)");
    }

    @Test
    void ruleOutOfForceSaysWhy() {
        JsonObject answer = new WhyNotAnswer(
                        question("memory is above 85 percent", "n1", healthy(), List.of("n1"), "NullPointerException"),
                        BOOK.whyNot("memory is above 85 percent").of(healthy(), "n1"))
                .json();
        assertThat(answer.getString("says"))
                .isEqualTo("the rule is out of force since it failed: NullPointerException");
        assertThat(answer.getJsonArray("suppressed_by").getJsonObject(0).getString("kind"))
                .isEqualTo("quarantine");
    }

    @Test
    void answerIsBoundedHoweverManyFactsThereAre() {
        List<Object> facts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            facts.add(new HealthCheck(
                    head("n" + i % 3),
                    "check" + i,
                    CheckResult.FAIL,
                    null,
                    Map.of("x", "y".repeat(2000)),
                    "e".repeat(500)));
            facts.add(new Source("n" + i % 3, "check" + i, SomeFacts.NOW, false, 0));
        }
        facts.add(new Source("n1", null, SomeFacts.NOW, false, 7000));
        rules().forEach(rule -> assertThat(ask(rule, "n1", facts, List.of("n1")).encode())
                .as(rule)
                .hasSizeLessThan(64 * 1024));
    }

    private static String says(String rule) {
        return ask(rule, "n1", healthy(), List.of("n1")).getString("says");
    }

    private static void sensible(String rule, JsonObject answer, boolean holds) {
        assertThat(answer.getBoolean("holds")).as(answer.encodePrettily()).isEqualTo(holds);
        assertThat(answer.getBoolean("complete")).isTrue();
        assertThat(answer.getString("says")).isNotBlank().doesNotContain("null", "GENERATED", "sCoPe", "@");
        assertThat(answer.getJsonObject("rule").getString("name")).isEqualTo(rule);
        JsonArray attempts = answer.getJsonArray("attempts");
        assertThat(attempts).isNotEmpty();
        JsonObject first = attempts.getJsonObject(0);
        JsonArray steps = first.getJsonArray("steps");
        assertThat(steps).isNotEmpty();
        assertThat(steps.stream()
                        .allMatch(
                                step -> ((JsonObject) step).getString("verdict").equals("holds")))
                .isEqualTo(holds);
        assertThat(answer.encode()).doesNotContain("GENERATED", "sCoPe").hasSizeLessThan(20_000);
        RuleInfo info = BOOK.rule(rule);
        steps.forEach(step -> {
            String text = ((JsonObject) step).getString("text");
            assertThat(BOOK.drl(rule).replaceAll("\\s+", " ")).contains(text);
            assertThat(((JsonObject) step).getInteger("line"))
                    .isBetween(
                            info.ref().line() + (info.ref().file().endsWith(".csv") ? 0 : 2),
                            info.ref().line() + (int) info.text().lines().count());
        });
        if (holds) {
            assertThat(answer.getString("says")).startsWith("it holds");
            assertThat(first.getJsonObject("would_say") != null || rule.startsWith("cluster health"))
                    .isTrue();
        }
    }

    private static JsonObject ask(String rule, String node, List<Object> facts, List<String> nodes) {
        Explanation found = BOOK.whyNot(rule).of(facts, node);
        return new WhyNotAnswer(question(rule, node, facts, nodes, null), found).json();
    }

    private static Question question(String rule, String node, List<Object> facts, List<String> nodes, String fault) {
        return new Question(
                BOOK.rule(rule),
                BOOK.hash(),
                "main",
                node,
                SomeFacts.NOW,
                facts,
                nodes,
                Map.of(),
                Set.of(),
                fault,
                Set.of("log"),
                Duration.ofSeconds(60));
    }

    private static Head head(String node) {
        return Head.of("main", node, SomeFacts.NOW, null);
    }

    private static List<Object> healthy() {
        List<Object> facts = new ArrayList<>();
        facts.add(new Topology("main", List.of("n1", "n2", "n3"), 2));
        facts.add(new Source("n1", null, SomeFacts.NOW, false, 3));
        for (String check : List.of("http", "tcp", "persistence_check")) {
            facts.add(new Source("n1", check, SomeFacts.NOW, false, 0));
            facts.add(new HealthCheck(head("n1"), check, CheckResult.PASS, 12.0, Map.of(), null));
        }
        for (ResourceType type : ResourceType.values()) {
            facts.add(new ResourceUsage(head("n1"), type, 71.2, null, null));
        }
        facts.add(new LatencyMetric(head("n1"), "read", 20, Percentile.P95, 100L));
        facts.add(new LatencyMetric(head("n1"), "read", 40, Percentile.P99, null));
        facts.add(new ThroughputMetric(head("n1"), "read", null, null, 50));
        facts.add(new ComponentHealth(head("n1"), "persistence", HealthStatus.HEALTHY, Map.of(), null));
        facts.add(new MetricAlert(head("n1"), "queue", 3, 5, LimitType.MAX, null));
        for (String metric : List.of("disk_usage", "latency_p95", "throughput")) {
            facts.add(new Trend("k", "n1", "n1", metric, 90, 100, 1, 0, 100, 5, 20, true, true));
        }
        return facts;
    }
}
