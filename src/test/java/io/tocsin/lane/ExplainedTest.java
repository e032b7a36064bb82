package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.component;
import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.LifeJson;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleFinder;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.model.Alert;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Life;
import io.tocsin.store.MemoryStore;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is explained of alerts as they go through their lives, and what stays of it. */
class ExplainedTest {
    private static final String RULES = Stand.HEADER + """
            rule "memory is high" when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then insertLogical(Finding.of("memory_usage", $u).warning("high").value($u.usagePercent()).max(85)
                .holdFor("30s").quietFor("15s")); end
            rule "component is unhealthy" when
                $c : ComponentHealth(status == HealthStatus.UNHEALTHY)
            then insertLogical(Finding.of("component_unhealthy", $c).critical("bad")); end
            rule "all to slack and teams" when
                $a : Alert(state != AlertState.PENDING)
            then insertLogical(new Route($a.id(), $a.subject().contains("n1") ? "teams" : "slack")); end
            """;

    private final RuleBook book = book(RULES);
    private final MemoryStore store = new MemoryStore();
    private final Stand stand = new Stand(book, store, "default", null, 1000);

    private static RuleBook book(String text) {
        try {
            return RuleBook.of(Map.of("threshold/r.drl", text));
        } catch (RuleProblems problems) {
            throw new AssertionError(problems.problems().toString());
        }
    }

    @AfterEach
    void close() {
        stand.close();
    }

    private JsonObject whyNot(String rule, String node) {
        return whyNot(book, rule, node);
    }

    private JsonObject whyNot(RuleBook rules, String rule, String node) {
        String name = new RuleFinder(rules).find(rule).ref().name();
        Question question = Question.of(rules.rule(name), rules.whyNot(name), node, stand.watch(), rules.hash());
        return new WhyNotAnswer(question, rules.whyNot(name).of(question.facts(), node)).json();
    }

    @Test
    void pendingAlertSaysSinceWhenAndUntilWhenItsHoldRuns() {
        stand.put(0, memory("n1", 0, 90));
        stand.put(10, memory("n1", 10, 91));
        JsonObject answer = whyNot("memory is high", "n1");
        assertThat(answer.getBoolean("holds")).isTrue();
        assertThat(answer.getString("says"))
                .isEqualTo(
                        "it holds, and waits: it has to hold for 30s before anybody is told: until 2026-01-01T00:00:30Z");
        JsonObject hold = answer.getJsonArray("suppressed_by").getJsonObject(0);
        assertThat(hold.getString("since")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(hold.getString("until")).isEqualTo("2026-01-01T00:00:30Z");
        assertThat(answer.getJsonArray("attempts")
                        .getJsonObject(0)
                        .getJsonObject("alert")
                        .getString("state"))
                .isEqualTo("pending");
    }

    @Test
    void firingAlertIsPointedTo() {
        stand.put(0, memory("n1", 0, 90));
        stand.put(31, memory("n1", 31, 91));
        String id = stand.alert("memory_usage").id();
        assertThat(whyNot("memory is high", "n1").getString("says")).isEqualTo("it holds: alert " + id + " is firing");
        assertThat(whyNot("teams", "n1").getString("says"))
                .isEqualTo("it holds for alert " + id
                        + ": teams hears of it, but receiver teams is not under receivers: in config");
    }

    @Test
    void alertInItsQuietTimeIsPointedToThoughTheRuleHoldsNoMore() {
        stand.put(0, memory("n1", 0, 90));
        stand.put(31, memory("n1", 31, 91));
        stand.put(40, memory("n1", 40, 70));
        JsonObject answer = whyNot("memory is high", "n1");
        assertThat(answer.getString("says"))
                .startsWith("usagePercent > 85: is 70, 15 short; alert ")
                .endsWith(" of n1 is firing, quiet since 2026-01-01T00:00:40Z");
        assertThat(answer.getJsonArray("suppressed_by").getJsonObject(0).getString("text"))
                .endsWith("it resolves at 2026-01-01T00:00:55Z");
    }

    @Test
    void whatSomebodyResolvedByHandIsMuted() {
        RuleBook silent = book(Stand.HEADER + """
                rule "source is known" when $s : Source(check == null)
                then insertLogical(Finding.of("known", $s).warning("known")); end
                """);
        try (Stand other = new Stand(silent)) {
            other.put(0, memory("n1", 0, 10));
            String id = other.alert("known").id();
            other.resolve(1, id);
            String name = "source is known";
            Question question = Question.of(silent.rule(name), silent.whyNot(name), "n1", other.watch(), silent.hash());
            JsonObject answer = new WhyNotAnswer(question, silent.whyNot(name).of(question.facts(), "n1")).json();
            assertThat(answer.getString("says"))
                    .startsWith("it holds, and is muted: somebody resolved known of n1 by hand");
            assertThat(Suppressed.of(other.watch(), id).getJsonObject(0).getString("kind"))
                    .isEqualTo("muted");
        }
        silent.close();
    }

    @Test
    void receiverThatConfigDoesNotDefineIsRemembered() {
        stand.put(0, component("n1", "store", 0, HealthStatus.UNHEALTHY));
        Life life = store.life(stand.alert("component_unhealthy").id()).orElseThrow();
        assertThat(life.tracking().passedOver()).containsExactly("teams");
        stand.put(10, component("n1", "store", 10, HealthStatus.HEALTHY));
        stand.restart(20);
        assertThat(stand.isOpen("component_unhealthy")).isFalse();
        assertThat(store.life(life.alert().id()).orElseThrow().tracking().passedOver())
                .containsExactly("teams");
    }

    @Test
    void reasonKeepsTheRuleSetThatItCameFromWhenTheRuleIsGone() {
        stand.put(0, component("n1", "store", 0, HealthStatus.UNHEALTHY));
        String id = stand.alert("component_unhealthy").id();
        String then = book.hash();
        RuleBook without = book(Stand.HEADER + """
                rule "memory is very high" when $u : ResourceUsage(usagePercent > 99)
                then insertLogical(Finding.of("memory_usage", $u).warning("high")); end
                """);
        stand.restart(10, without);
        Life over = store.life(id).orElseThrow();
        assertThat(over.alert().resolution().because()).isEqualTo("policy changed");
        assertThat(over.alert().ruleHash()).isEqualTo(then);
        assertThat(over.because()).singleElement().satisfies(because -> {
            assertThat(because.ruleHash()).isEqualTo(then);
            assertThat(because.rule().name()).isEqualTo("component is unhealthy");
            assertThat(because.facts()).hasSize(1);
        });
    }

    @Test
    void whatIsStoredToExplainAnAlertIsSmall() {
        stand.put(0, memory("n1", 0, 90), component("n1", "store", 0, HealthStatus.UNHEALTHY));
        LifeJson json = new LifeJson();
        for (Alert alert : stand.alerts()) {
            Life life = store.life(alert.id()).orElseThrow();
            assertThat(json.because(life.because()).length()
                            + json.tracking(life.tracking()).length())
                    .isLessThan(2048);
        }
    }

    @Test
    void ruleIsFoundByAPartOfItsNameOrByItsPlace() {
        RuleFinder rules = new RuleFinder(book);
        assertThat(rules.find("  MEMORY is ").ref().name()).isEqualTo("memory is high");
        assertThat(rules.find("threshold/r.drl:2").ref().name()).isEqualTo("memory is high");
        assertThat(problem(rules, "is"))
                .isEqualTo("\"is\" is a part of 2 rules: \"memory is high\","
                        + " \"component is unhealthy\"; write more of the name");
        assertThat(problem(rules, "memry is hihg")).contains("there is no rule", "did you mean \"memory is high\"");
        assertThat(problem(rules, "quux"))
                .isEqualTo("there is no rule \"quux\"; GET /api/v1/rules lists the 3 there are");
        assertThat(problem(rules, "")).startsWith("there is no rule \"\"");
    }

    private static String problem(RuleFinder rules, String words) {
        try {
            return "found " + rules.find(words);
        } catch (IllegalArgumentException unknown) {
            return unknown.getMessage();
        }
    }
}
