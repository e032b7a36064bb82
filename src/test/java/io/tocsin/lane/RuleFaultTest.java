package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.check;
import static io.tocsin.lane.Telegrams.component;
import static io.tocsin.lane.Telegrams.memory;
import static io.tocsin.lane.Telegrams.metric;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a rule that fails does to the others: nothing. It is put out of force, named, and becomes an alert itself. */
class RuleFaultTest {
    private static final String GOOD = RuleTexts.MEMORY_IS_HIGH + RuleTexts.LOG_HEARS_ALL + """
            rule "component is unhealthy"
            when
                $c : ComponentHealth(status == HealthStatus.UNHEALTHY)
            then
                insertLogical(Finding.of("component_unhealthy", $c).critical("unhealthy"));
            end
            """;
    private static final String THROWS_IN_THEN = """
            rule "bad then"
            when
                $m : Metric(value > 5)
            then
                insertLogical(Finding.of("metric_high", $m).warning($m.labels().get("none").trim()));
            end
            """;
    private static final String THROWS_IN_CONSTRAINT = """
            rule "bad constraint"
            when
                $c : HealthCheck(durationMs * 2 > 5)
            then
                insertLogical(Finding.of("slow_check", $c).warning("slow"));
            end
            """;
    private static final String THROWS_IN_JOIN = """
            rule "bad join"
            when
                $m : Metric(name == "limit", $limit : value)
                $c : HealthCheck(durationMs + $limit > 5)
            then
                insertLogical(Finding.of("slow_check", $c).warning("slow"));
            end
            """;
    private static final String THROWS_IN_ACCUMULATE = """
            rule "bad accumulate"
            when
                Source(check == null, $n : node)
                accumulate($c : HealthCheck(node == $n, $d : durationMs + 1.0); $sum : sum($d); $sum > 10)
            then
                insertLogical(Finding.of("slow_checks", $n).warning("slow"));
            end
            """;
    private static final String THROWS_ON_AN_ALERT = """
            rule "bad about alerts"
            when
                $a : Alert(ack.by.length > 3)
            then
                insertLogical(new Route($a.id(), "slack"));
            end
            """;
    private static final String ENDLESS = """
            rule "endless"
            when
                $m : Metric($n : name, $v : value, $h : head)
            then
                insertLogical(new Metric($h, $n, $v + 1));
            end
            """;
    private static final String CONTRADICTS_ITSELF = """
            rule "contradicts itself"
            when
                $m : Metric(value > 5, $n : name)
                not Alert(alertType == $n)
            then
                insertLogical(Finding.of($n, $m).warning("high"));
            end
            """;

    private RuleBook book;
    private Stand stand;

    private Stand with(String... rules) throws Exception {
        Map<String, String> texts = new TreeMap<>();
        texts.put("good.drl", Stand.HEADER + GOOD);
        for (int i = 0; i < rules.length; i++) {
            texts.put("bad" + i + ".drl", Stand.HEADER + rules[i]);
        }
        book = RuleBook.of(texts);
        stand = new Stand(book);
        return stand;
    }

    @AfterEach
    void close() {
        stand.close();
        book.close();
    }

    private Alert quarantined(String rule) {
        return stand.alerts().stream()
                .filter(a ->
                        a.alertType().equals("rule_quarantined") && a.subject().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alert about " + rule + " in " + stand.alerts()));
    }

    private void isNamed(String rule, String place) {
        Alert alert = quarantined(rule);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.state()).isEqualTo(AlertState.FIRING);
        assertThat(alert.message()).contains("\"" + rule + "\"").contains(place);
        assertThat(stand.watch().session().quarantined()).contains(rule);
        assertThat(stand.watch().tally().faults()).containsKey(rule);
        assertThat(stand.told("rule_quarantined")).contains("log FIRED");
    }

    /** A batch with bad readings before, between and after what the failing rule chokes on. */
    private void batch(Telemetry... choke) {
        List<Telemetry> batch = new ArrayList<>();
        batch.add(memory("n1", 10, 90));
        batch.addAll(List.of(choke));
        batch.add(memory("n2", 10, 91));
        batch.add(component("n3", "store", 10, HealthStatus.UNHEALTHY));
        stand.put(10, batch);
    }

    private void nothingOfTheBatchIsLost() {
        assertThat(stand.alerts().stream()
                        .filter(a -> !a.alertType().equals("rule_quarantined"))
                        .map(a -> a.alertType() + " " + a.subject() + " " + a.state() + (a.stale() ? " stale" : "")))
                .containsExactlyInAnyOrder(
                        "memory_usage n1 FIRING", "memory_usage n2 FIRING", "component_unhealthy n3/store FIRING");
        assertThat(stand.told("memory_usage")).containsExactly("log FIRED", "log FIRED");
    }

    private void theOthersGoOn() {
        stand.put(20, memory("n1", 20, 50), memory("n2", 20, 95), memory("n4", 20, 99));
        assertThat(stand.alerts().stream()
                        .filter(a -> a.alertType().equals("memory_usage"))
                        .map(Alert::subject))
                .containsExactlyInAnyOrder("n2", "n4");
    }

    @Test
    void rightSideThatThrowsIsPutOutOfForce() throws Exception {
        with(THROWS_IN_THEN);
        batch(metric("n1", "m", 10, 9));
        isNamed("bad then", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void constraintThatThrowsIsPutOutOfForce() throws Exception {
        with(THROWS_IN_CONSTRAINT);
        batch(check("n1", "c", 10, true));
        isNamed("bad constraint", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void joinThatThrowsIsPutOutOfForce() throws Exception {
        with(THROWS_IN_JOIN);
        batch(metric("n1", "limit", 10, 9), check("n1", "c", 10, true));
        isNamed("bad join", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void accumulateThatThrowsIsPutOutOfForce() throws Exception {
        with(THROWS_IN_ACCUMULATE);
        batch(check("n1", "c", 10, true));
        isNamed("bad accumulate", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void constraintOnAlertsThatThrowsIsPutOutOfForce() throws Exception {
        with(THROWS_ON_AN_ALERT);
        batch();
        isNamed("bad about alerts", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void ruleThatFiresWithoutEndIsBounded() throws Exception {
        with(ENDLESS);
        batch(metric("n1", "m", 10, 9));
        isNamed("endless", "bad0.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void ruleThatKeepsChangingItsMindIsPutOutOfForce() throws Exception {
        with(CONTRADICTS_ITSELF);
        batch(metric("n1", "metric_high", 10, 9));
        isNamed("contradicts itself", "bad0.drl:2");
        assertThat(stand.watch().tally().faults().get("contradicts itself")).contains("changing its mind");
        assertThat(stand.kinds("metric_high").stream().filter("FIRED"::equals)).hasSizeLessThanOrEqualTo(8);
        assertThat(stand.told("metric_high").stream().filter(t -> t.endsWith("FIRED")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(stand.alerts().stream().filter(a -> a.alertType().equals("memory_usage")))
                .hasSize(2);
        theOthersGoOn();
    }

    @Test
    void severalThatFailAtOnceAreAllPutOutOfForce() throws Exception {
        with(THROWS_IN_THEN, THROWS_IN_CONSTRAINT, THROWS_IN_ACCUMULATE, THROWS_ON_AN_ALERT);
        batch(metric("n1", "m", 10, 9), check("n1", "c", 10, true));
        isNamed("bad then", "bad0.drl:2");
        isNamed("bad constraint", "bad1.drl:2");
        isNamed("bad accumulate", "bad2.drl:2");
        isNamed("bad about alerts", "bad3.drl:2");
        nothingOfTheBatchIsLost();
        theOthersGoOn();
    }

    @Test
    void readingOnWhichARuleChokedExpiresAndCountsLikeAnyOther() throws Exception {
        with(THROWS_IN_CONSTRAINT, """
            rule "node is silent" when $s : Source(check == null, silent)
            then insertLogical(Finding.of("node_silent", $s).warning("silent")); end
            rule "check fails" when $c : HealthCheck(result == CheckResult.FAIL)
            then insertLogical(Finding.of("check_failed", $c).warning("fails")); end
            """);
        stand.put(10, check("n1", "c", 10, false));
        assertThat(stand.alert("check_failed").stale()).isFalse();
        stand.pass(69);
        assertThat(stand.alert("check_failed").stale()).isFalse();
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.pass(70);
        assertThat(stand.alert("check_failed").stale()).isTrue();
        assertThat(stand.isOpen("node_silent")).isTrue();
        stand.put(80, check("n1", "c", 80, true));
        assertThat(stand.isOpen("check_failed")).isFalse();
        assertThat(stand.isOpen("node_silent")).isFalse();
    }

    @Test
    void newerReadingOnWhichARuleChokesIsTheNewest() throws Exception {
        with("""
            rule "fails on zero" when $m : Metric(100 / (int) value > 1000)
            then insertLogical(Finding.of("metric_low", $m).warning("low")); end
            rule "is two" when $m : Metric(value == 2)
            then insertLogical(Finding.of("metric_two", $m).warning("two")); end
            """);
        stand.put(10, metric("n1", "m", 10, 2));
        assertThat(stand.isOpen("metric_two")).isTrue();
        stand.put(20, metric("n1", "m", 20, 0));
        isNamed("fails on zero", "bad0.drl:2");
        assertThat(stand.isOpen("metric_two")).isFalse();
        assertThat(stand.watch().session().readings().get(0).receivedAt()).isEqualTo(Stand.at(20));
        stand.pass(79);
        assertThat(stand.watch().session().readings().get(0).fresh()).isTrue();
        stand.pass(80);
        assertThat(stand.watch().session().readings().get(0).fresh()).isFalse();
    }

    @Test
    void alertsUnderARuleThatFailsStayUntilAPersonEndsThem() throws Exception {
        with("""
            rule "fails later" when $m : Metric(100 / (int) value > 5)
            then insertLogical(Finding.of("metric_low", $m).warning("low")); end
            """);
        stand.put(10, metric("n1", "m", 10, 2));
        assertThat(stand.alert("metric_low").state()).isEqualTo(AlertState.FIRING);
        stand.put(20, metric("n2", "m", 20, 0));
        isNamed("fails later", "bad0.drl:2");
        assertThat(stand.alert("metric_low").stale()).isTrue();
        stand.put(30, metric("n1", "m", 30, 90));
        stand.put(40, metric("n1", "m", 40, 90));
        assertThat(stand.kinds("metric_low")).doesNotContain("RESOLVED");
        assertThat(stand.resolve(50, stand.alert("metric_low").id()).alert().state())
                .isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void evidenceInTheBatchOnWhichARuleFailsCounts() throws Exception {
        with(THROWS_IN_CONSTRAINT);
        stand.put(10, memory("n1", 10, 90), memory("n2", 10, 90));
        stand.put(20, memory("n1", 20, 50), check("n1", "c", 20, true), memory("n2", 20, 51));
        isNamed("bad constraint", "bad0.drl:2");
        assertThat(stand.alerts().stream().map(Alert::alertType)).containsExactly("rule_quarantined");
        assertThat(stand.kinds("memory_usage")).containsExactlyInAnyOrder("FIRED", "FIRED", "RESOLVED", "RESOLVED");
    }

    @Test
    void ruleThatFailsIsTriedAgainAfterARestartAndFailsAgain() throws Exception {
        with(THROWS_IN_THEN);
        stand.put(10, metric("n1", "m", 10, 9));
        stand.restart(20);
        assertThat(stand.watch().session().quarantined()).isEmpty();
        stand.put(30, metric("n1", "m", 30, 9));
        isNamed("bad then", "bad0.drl:2");
        assertThat(stand.alerts().stream().filter(a -> a.alertType().equals("rule_quarantined")))
                .hasSize(1);
    }
}
