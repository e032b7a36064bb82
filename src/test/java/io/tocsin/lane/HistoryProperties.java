package io.tocsin.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.AsStored;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Topology;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.SqlStore;
import io.tocsin.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random histories of one monitored cluster, killed and restored at any step, under the shipped rules and a set of odd ones. */
class HistoryProperties {
    private static final int TRIES = 200;
    private static final AtomicInteger CLUSTER = new AtomicInteger();
    private static RuleBook shipped;
    private static RuleBook odd;

    /** Rules as the shipped ones are not: absence by fresh readings, a ladder without end, one that skips severities, no quiet. */
    static final Map<String, String> ODD = Map.of("odd.drl", Stand.HEADER + """
            rule "memory is high" when $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85, fresh)
            then insertLogical(Finding.of("memory_usage", $u).warning("high").value($u.usagePercent()).max(85).holdFor("10s")); end
            rule "memory is very high" when $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 95)
            then insertLogical(Finding.of("memory_usage", $u).critical("very high").holdFor("40s")); end
            rule "cpu is known" when $u : ResourceUsage(resourceType == ResourceType.CPU, usagePercent > 50)
            then insertLogical(Finding.of("cpu_usage", $u).info("busy")); end
            rule "cpu is high" when $u : ResourceUsage(resourceType == ResourceType.CPU, usagePercent > 85)
            then insertLogical(Finding.of("cpu_usage", $u).critical("high").quietFor("5m")); end
            rule "disk is high" when $u : ResourceUsage(resourceType == ResourceType.DISK, usagePercent > 85)
            then insertLogical(Finding.of("disk_usage", $u).warning("high").quietFor("1m")); end
            rule "observers agree" when
                Source(check == null, $n : node, $m : observers)
                accumulate($c : HealthCheck(node == $n, result != CheckResult.PASS, fresh); $bad : count($c), $l : collectList($c); $bad * 2 > $m)
            then insertLogical(Finding.of("node_failure", $n).critical($bad + " of " + $m)); end
            rule "node is silent" when $s : Source(check == null, silent)
            then insertLogical(Finding.of("node_silent", $s).warning("silent").holdFor("20s")); end
            rule "component" when $c : ComponentHealth(status == HealthStatus.UNHEALTHY)
                not Alert(alertType == "node_failure", node == $c.node)
            then insertLogical(Finding.of("component_unhealthy", $c).critical("unhealthy").holdFor("5s")); end
            rule "again and again" when $a : Alert(state == AlertState.FIRING, severity != Severity.INFO, alertType != "disk_usage")
            then insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(7), List.of("pagerduty", "boss@example.org"), "again")); end
            rule "two orders for one level" when $a : Alert(state == AlertState.FIRING, alertType == "disk_usage", level < 3)
            then insertLogical(new Escalation($a.id(), $a.level() + 1, minutes(2), List.of("slack"), "first")); end
            rule "the other of two" when $a : Alert(state == AlertState.FIRING, alertType == "disk_usage", level == 0)
            then insertLogical(new Escalation($a.id(), 1, minutes(1), List.of("pagerduty"), "second")); end
            rule "log" when $a : Alert(state != AlertState.PENDING)
            then insertLogical(new Route($a.id(), "log")); end
            rule "slack hears of what is worse than info" when $a : Alert(state != AlertState.PENDING, severity != Severity.INFO)
            then insertLogical(new Route($a.id(), "slack")); end
            rule "pagerduty hears of critical" when $a : Alert(state != AlertState.PENDING, severity == Severity.CRITICAL)
            then insertLogical(new Route($a.id(), "pagerduty")); end
            """);

    /** For which last words of a series an alert about it cannot be back to normal, under either rule set. */
    private static final Map<String, Map.Entry<History.Series, IntPredicate>> BAD = Map.of(
            "memory_usage/a", Map.entry(History.Series.MEMORY_A, how -> how % 4 >= 2),
            "memory_usage/b", Map.entry(History.Series.MEMORY_B, how -> how % 4 >= 2),
            "cpu_usage/a", Map.entry(History.Series.CPU_A, how -> how % 4 == 3),
            "disk_usage/c", Map.entry(History.Series.DISK_C, how -> how % 4 >= 2),
            "component_degraded/a/store", Map.entry(History.Series.STORE_A, how -> how % 3 == 1),
            "health_check_failed/a/ONE_A", Map.entry(History.Series.ONE_A, how -> how % 3 == 1));

    @BeforeContainer
    static void compile() throws Exception {
        shipped = RuleBook.load(Path.of("rules"));
        odd = RuleBook.of(ODD);
    }

    @AfterContainer
    static void discard() {
        shipped.close();
        odd.close();
    }

    enum Book {
        SHIPPED,
        ODD
    }

    private static RuleBook book(Book book) {
        return book == Book.SHIPPED ? shipped : odd;
    }

    @Provide
    Arbitrary<History> histories() {
        return History.any(40);
    }

    @Provide
    Arbitrary<Set<Integer>> kills() {
        return Arbitraries.integers().between(0, 40).set().ofMaxSize(4);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldThroughEveryKill(
            @ForAll Book book, @ForAll("histories") History history, @ForAll("kills") Set<Integer> kills) {
        try (Stand stand = new Stand(book(book))) {
            int[] known = new int[1];
            history.play(
                    stand,
                    (i, second) -> {
                        if (kills.contains(i)) {
                            stand.restart(second);
                            Laws.atRest(stand);
                        }
                    },
                    (i, second) -> {
                        Laws.atRest(stand);
                        backToNormalOnlyAfterAGoodWord(stand, known[0], history, i);
                        known[0] = stand.changes.size();
                    });
            Laws.inAll(stand);
            assertThat(stand.watch().tally().faults()).isEmpty();
        }
    }

    private static void backToNormalOnlyAfterAGoodWord(Stand stand, int known, History history, int act) {
        for (Step.Changed change : stand.changes.subList(known, stand.changes.size())) {
            var series =
                    BAD.get(change.alert().alertType() + "/" + change.alert().subject());
            if (series != null
                    && change.transition().kind() == ChangeKind.RESOLVED
                    && change.transition().detail().startsWith("back to normal")) {
                // a deadline is before what comes in at the same instant
                int said = change.transition().cause() == Cause.DEADLINE ? act : act + 1;
                Integer last = history.lastWords(said).get(series.getKey());
                assertThat(series.getValue().test(last))
                        .as("%s although it last said %s", change, last)
                        .isFalse();
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldWhenAKillComesBeforeTheLastStepsAreStored(
            @ForAll Book book, @ForAll("histories") History history, @ForAll("kills") Set<Integer> kills) {
        try (Stand stand = new Stand(book(book))) {
            history.play(
                    stand,
                    (i, second) -> {
                        if (kills.contains(i + 2)) {
                            stand.die();
                        }
                    },
                    (i, second) -> {
                        if (kills.contains(i)) {
                            stand.restart(second);
                            Laws.atRest(stand);
                        }
                    });
            stand.restart(history.length());
            Laws.inAll(stand);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldWithADatabase(
            @ForAll Book book, @ForAll("histories") History history, @ForAll("kills") Set<Integer> kills) {
        try (Stand memory = new Stand(book(book), new MemoryStore(), cluster(), null, 1000);
                Stand sql = new Stand(book(book), database(), memory.watch().cluster(), null, 1000)) {
            for (Stand stand : List.of(memory, sql)) {
                history.play(
                        stand,
                        (i, second) -> {
                            if (kills.contains(i)) {
                                stand.restart(second);
                            }
                        },
                        (i, second) -> Laws.atRest(stand));
                Laws.inAll(stand);
            }
            assertThat(log(sql)).isEqualTo(log(memory));
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aKillChangesNothingOnceEverySourceHasSpokenAgain(
            @ForAll Book book, @ForAll("histories") History history, @ForAll("kills") Set<Integer> kills) {
        Assume.that(!kills.isEmpty());
        try (Stand alive = new Stand(book(book));
                Stand killed = new Stand(book(book))) {
            history.sayAgain(alive, history.play(alive));
            double end = history.play(
                    killed,
                    (i, second) -> {
                        if (kills.contains(i)) {
                            killed.restart(second);
                        }
                    },
                    (i, second) -> {});
            history.sayAgain(killed, end);
            assertThat(firing(killed)).isEqualTo(firing(alive));
        }
    }

    @Property(tries = TRIES / 2, edgeCases = EdgeCasesMode.NONE)
    void theSameHistoryTwiceIsTheSameToTheLetter(@ForAll Book book, @ForAll("histories") History history) {
        try (Stand one = new Stand(book(book));
                Stand two = new Stand(book(book))) {
            history.play(one);
            history.play(two);
            assertThat(log(two)).isEqualTo(log(one));
            assertThat(two.notifications).isEqualTo(one.notifications);
        }
    }

    @Property(tries = TRIES / 2, edgeCases = EdgeCasesMode.NONE)
    void oneBigStepOfTimeEqualsManySmallOnes(@ForAll Book book, @ForAll("histories") History history) {
        try (Stand big = new Stand(book(book));
                Stand small = new Stand(book(book))) {
            history.play(big);
            history.play(
                    small,
                    (i, second) -> {
                        double step = Math.max(0.7, history.acts().get(i).pause() / 300.0);
                        small.pass(second, second + history.acts().get(i).pause(), step);
                    },
                    (i, second) -> {});
            assertThat(log(small)).isEqualTo(log(big));
        }
    }

    /** Somebody resolved that nodes of the topology are silent, and none of them speaks. */
    @Property(tries = TRIES / 2, edgeCases = EdgeCasesMode.NONE)
    void killTellsNothingAgainThatSomebodyResolved(@ForAll("kills") Set<Integer> kills) {
        Topology topology = new Topology("default", List.of("a", "b", "c"), 2);
        try (Stand stand = new Stand(shipped, topology)) {
            stand.pass(400);
            stand.alerts().stream()
                    .filter(alert -> alert.state() != AlertState.PENDING)
                    .forEach(alert -> stand.resolve(400, alert.id()));
            int told = stand.changes.size();
            for (int i = 0; i < 40; i++) {
                if (kills.contains(i)) {
                    stand.restart(410 + 45 * i);
                }
                stand.pass(410 + 45 * i, 410 + 45 * i + 44, 11);
            }
            assertThat(stand.changes.subList(told, stand.changes.size())).isEmpty();
        }
    }

    private static List<String> log(Stand stand) {
        return stand.changes.stream()
                .map(change -> change.transition() + " " + change.alert().severity() + " "
                        + change.alert().level())
                .toList();
    }

    private static Set<String> firing(Stand stand) {
        return stand.alerts().stream()
                .filter(alert -> alert.state() != AlertState.PENDING)
                .map(alert -> alert.key() + " " + alert.severity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String cluster() {
        return "c" + CLUSTER.incrementAndGet();
    }

    private static SqlStore sqlite;

    private static synchronized SqlStore database() {
        if (sqlite == null) {
            Path data = Path.of("target", "histories-" + ProcessHandle.current().pid());
            sqlite = SqlStore.open(
                    new StoreSettings(null, data),
                    AsStored.json(),
                    new SimpleMeterRegistry(),
                    Clock.fixed(Stand.START, ZoneOffset.UTC));
        }
        return sqlite;
    }

    @AfterContainer
    static void closeDatabase() {
        if (sqlite != null) {
            sqlite.close();
        }
    }
}
