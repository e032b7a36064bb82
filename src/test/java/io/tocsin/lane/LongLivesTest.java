package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alerts that live through restarts, days and failing rules. */
@Timeout(60)
class LongLivesTest {
    private static final String MEMORY = """
            rule "memory is above 85 percent"
            when $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then insertLogical(Finding.of("memory_usage", $u).critical("memory high").max(85)); end
            """;
    private static final String LOG = """
            rule "log hears all" when $a : Alert(state != AlertState.PENDING) then insertLogical(new Route($a.id(), "log")); end
            """;
    private static final String OBSERVERS = """
            rule "node is down when most observers say so"
            when
                $s : Source(check == null, $n : node, $m : observers)
                accumulate($c : HealthCheck(node == $n, result != CheckResult.PASS, fresh); $bad : count(), $who : collectList($c); $bad * 2 > $m)
            then insertLogical(Finding.of("node_failure", $n).critical("node " + $n + " is down")); end
            """;

    private static RuleBook book(String... texts) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < texts.length; i++) {
            files.put("threshold/f" + i + ".drl", Stand.HEADER + texts[i]);
        }
        return RuleBook.of(files);
    }

    private static Telemetry memory(String node, long second, double percent) {
        Head head = Head.of("default", node, Stand.at(second), Stand.TTL);
        return new ResourceUsage(head, ResourceType.MEMORY, percent, 5L, 5L);
    }

    private static Telemetry check(String name, long second, CheckResult result) {
        Head head = Head.of("default", "n1", Stand.at(second), Stand.TTL);
        return new HealthCheck(head, name, result, null, Map.of(), null);
    }

    private static long count(Stand stand, ChangeKind kind) {
        return stand.changes.stream().filter(c -> c.transition().kind() == kind).count();
    }

    @Test
    void alertThatHasBeenOpenForDaysSurvivesARestart() throws Exception {
        try (Stand stand = new Stand(book(MEMORY, LOG))) {
            long second = 0;
            for (; second < Duration.ofHours(25).toSeconds(); second += 30) {
                stand.put(second, memory("n1", second, 90));
            }
            String id = stand.alert("memory_usage").id();
            stand.acknowledge(second, id, null);
            stand.restart(second + 5);
            stand.put(second + 10, memory("n1", second + 10, 90));
            assertThat(stand.alert("memory_usage").id()).isEqualTo(id);
            assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.ACKNOWLEDGED);
            assertThat(count(stand, ChangeKind.RESOLVED)).isZero();
        }
    }

    @Test
    void oneObserverThatAnswersAfterARestartDoesNotEndWhatThreeAgreedOn() throws Exception {
        try (Stand stand = new Stand(book(OBSERVERS, LOG))) {
            stand.put(
                    0,
                    check("a", 0, CheckResult.FAIL),
                    check("b", 0, CheckResult.FAIL),
                    check("c", 0, CheckResult.FAIL));
            assertThat(stand.resolve(1, stand.alert("node_failure").id()).reason())
                    .contains("fresh reading");
            stand.restart(5);
            stand.put(6, check("c", 6, CheckResult.PASS));
            assertThat(stand.alert("node_failure").state()).isEqualTo(AlertState.FIRING);
            stand.put(7, check("a", 7, CheckResult.PASS));
            assertThat(stand.isOpen("node_failure")).isTrue();
            stand.put(8, check("b", 8, CheckResult.PASS));
            assertThat(stand.isOpen("node_failure")).isFalse();
        }
    }

    @Test
    void trendAlertWaitsForItsTrendAfterARestart() throws Exception {
        String trend = """
                rule "memory is high on average" when $t : Trend(metric == "memory_usage", warm, mean > 80)
                then insertLogical(Finding.of("memory_trend", $t).warning("mean high")); end
                """;
        try (Stand stand = new Stand(book(trend, LOG))) {
            long second = 0;
            for (; second < 1800; second += 10) {
                stand.put(second, memory("n1", second, 90));
            }
            String id = stand.alert("memory_trend").id();
            stand.restart(second);
            for (long end = second + 1500; second < end; second += 10) {
                stand.put(second, memory("n1", second, 90));
            }
            assertThat(stand.alert("memory_trend").id()).isEqualTo(id);
            assertThat(count(stand, ChangeKind.RESOLVED)).isZero();
        }
    }

    @Test
    void anotherPolicyEndsWhatItNoLongerHolds() throws Exception {
        try (Stand stand = new Stand(book(MEMORY, LOG))) {
            stand.put(0, memory("n1", 0, 90));
            stand.restart(5, book(MEMORY.replace("> 85", "> 95"), LOG));
            assertThat(stand.isOpen("memory_usage")).isFalse();
            Alert last = stand.changes.get(stand.changes.size() - 1).alert();
            assertThat(last.resolution().because()).isEqualTo("policy changed");
        }
    }

    @Test
    void ordersWithoutAnyTimeBetweenThemArePutOutOfForce() throws Exception {
        String hasty = """
                rule "again and again" when $a : Alert(state == AlertState.FIRING, alertType == "memory_usage")
                then insertLogical(new Escalation($a.id(), $a.level() + 1, seconds($a.level() / 1000), List.of("oncall"), "again")); end
                """;
        try (Stand stand = new Stand(book(MEMORY, LOG, hasty))) {
            stand.put(0, memory("n1", 0, 90));
            assertThat(stand.watch().session().quarantined()).containsExactly("again and again");
            assertThat(stand.isOpen("rule_quarantined")).isTrue();
            assertThat(stand.isOpen("memory_usage")).isTrue();
        }
    }

    @Test
    void severalRulesThatFailWithoutANameAreAllFound() throws Exception {
        String bad = """
                rule "bad %1$s" when Source() accumulate(ResourceUsage($v : currentUsed); $s : sum($v / ($v - $v)))
                then insertLogical(Finding.ofCluster("bad_%1$s", "c")); end
                """;
        try (Stand stand = new Stand(book(MEMORY, LOG, bad.formatted("one"), bad.formatted("two")))) {
            stand.put(0, memory("n1", 0, 90));
            assertThat(stand.watch().session().quarantined()).containsExactlyInAnyOrder("bad one", "bad two");
            assertThat(stand.isOpen("memory_usage")).isTrue();
        }
    }

    @Test
    void theRuleThatContradictsItselfIsToBlameAndNoOther() throws Exception {
        String contradiction = """
                rule "culprit" when $u : ResourceUsage(usagePercent > 85, $n : node) not Alert(alertType.startsWith("zz"), node == $n)
                then insertLogical(Finding.of("zz", $u).warning("never settles")); end
                """;
        try (Stand stand = new Stand(book(MEMORY, LOG, contradiction))) {
            stand.put(0, memory("n1", 0, 90));
            assertThat(stand.watch().session().quarantined()).containsExactly("culprit");
            assertThat(stand.isOpen("memory_usage")).isTrue();
        }
    }

    @Test
    void seriesThatIsGoneForGoodKeepsNoAlertOpen() throws Exception {
        try (Stand stand = new Stand(book(OBSERVERS, LOG))) {
            stand.put(0, check("a", 0, CheckResult.FAIL), check("b", 0, CheckResult.FAIL));
            stand.pass(200);
            long second = 210;
            for (; second < Duration.ofHours(26).toSeconds() && stand.isOpen("node_failure"); second += 50) {
                stand.put(second, check("b", second, CheckResult.PASS));
            }
            assertThat(stand.isOpen("node_failure")).isFalse();
            assertThat(Duration.ofSeconds(second)).isLessThan(Duration.ofHours(25));
        }
    }
}
