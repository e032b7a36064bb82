package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Finding;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of a row when it has concluded something. */
class LimitTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TABLE = """
            metric,node,direction,limit,clear,hold,severity,runbook
            depth,batch-*,max,50,,5m,warning,docs/x.md
            depth,web-1,max,20,,,critical,"none: a test, no more"
            depth,*,max,10,8,1m,warning,docs/y.md
            """;

    @Test
    void findingStandsOnItsRowAndTheReading() throws Exception {
        try (RuleBook book = RuleBook.of(Map.of("threshold/limits.csv", TABLE));
                RuleSession session = session(book)) {
            put(session, "web-1", 30);
            List<Standing> standing = session.findings(key("web-1"));
            assertThat(standing)
                    .extracting(one -> one.rule().place())
                    .containsExactlyInAnyOrder("threshold/limits.csv:3", "threshold/limits.csv:4");
            assertThat(standing)
                    .allSatisfy(one -> assertThat(one.facts())
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    Metric.class,
                                    metric -> assertThat(metric.value()).isEqualTo(30)));
            assertThat(session.fired())
                    .containsOnlyKeys("depth of web-1 is too high, critical", "depth of any node is too high, warning");
            assertThat(book.rules()).hasSize(3);
            assertThat(book.rule("depth of any node is too high, warning").text())
                    .endsWith("\ndepth,*,max,10,8,1m,warning,docs/y.md");
        }
    }

    @Test
    void theFirstRowThatFitsANodeCounts() throws Exception {
        try (RuleBook book = RuleBook.of(Map.of("threshold/limits.csv", TABLE));
                RuleSession session = session(book)) {
            put(session, "batch-1", 30);
            assertThat(session.findings(key("batch-1"))).isEmpty();
            put(session, "batch-1", 51);
            assertThat(session.findings(key("batch-1")))
                    .extracting(Standing::finding)
                    .singleElement()
                    .extracting(Finding::limit, Finding::holdFor, Finding::runbook, Finding::message)
                    .containsExactly(50.0, Duration.ofMinutes(5), "docs/x.md", "depth at 51, limit 50");
        }
    }

    @Test
    void everyChangeOfATableIsAnotherRuleSet() throws Exception {
        try (RuleBook one = RuleBook.of(Map.of("threshold/limits.csv", TABLE));
                RuleBook other = RuleBook.of(Map.of("threshold/limits.csv", TABLE.replace("10,8", "11,8")))) {
            assertThat(one.hash()).isNotEqualTo(other.hash());
            assertThat(one.rules().get(2).ref()).isEqualTo(other.rules().get(2).ref());
        }
    }

    private static AlertKey key(String node) {
        return new AlertKey("default", "depth_high", node + "/depth");
    }

    private static void put(RuleSession session, String node, double value) throws RuleFault {
        session.put(new Metric(Head.of("default", node, NOW, Duration.ofHours(1)), "depth", value));
        session.fire();
    }

    private static RuleSession session(RuleBook book) {
        return new RuleSession(
                book,
                new SessionSettings(
                        "default", null, Duration.ofMinutes(1), Duration.ofHours(24), new SeriesLimit(1_000)),
                NOW);
    }
}
