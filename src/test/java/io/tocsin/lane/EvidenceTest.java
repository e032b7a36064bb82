package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.check;
import static io.tocsin.lane.Telegrams.component;
import static io.tocsin.lane.Telegrams.disk;
import static io.tocsin.lane.Telegrams.memory;
import static io.tocsin.lane.Telegrams.timing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Failure;
import io.tocsin.evaluate.Put;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Origin;
import io.tocsin.model.Percentile;
import io.tocsin.model.Reading;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Topology;
import io.tocsin.store.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What opens, keeps and ends an alert, under the shipped rules: evidence, absence, time and people. */
class EvidenceTest {
    private static RuleBook book;
    private Stand stand;

    @BeforeAll
    static void compile() throws Exception {
        book = RuleBook.load(Path.of("rules"));
    }

    @AfterAll
    static void discard() {
        book.close();
    }

    @BeforeEach
    void open() {
        stand = new Stand(book);
    }

    @AfterEach
    void close() {
        stand.close();
    }

    private void with(Topology topology) {
        stand.close();
        stand = new Stand(book, topology);
    }

    private static ResourceUsage memoryAt(String node, Instant timestamp, double received, double percent) {
        return new ResourceUsage(
                new Head("default", node, timestamp, Stand.at(received), Map.of(), null, true, null),
                ResourceType.MEMORY,
                percent,
                null,
                null);
    }

    private static ResourceUsage lasting(String node, double second, double percent, String ttl) {
        Head head = Head.of("default", node, Stand.at(second), io.tocsin.model.Text.duration(ttl));
        return new ResourceUsage(head, ResourceType.MEMORY, percent, null, null);
    }

    @Test
    void thresholdFiresAfterItsHoldAndEndsOnAFreshReading() {
        stand.put(0, memory("n1", 0, 89.5));
        stand.pass(29);
        assertThat(stand.told("memory_usage")).isEmpty();
        stand.pass(30);
        assertThat(stand.told("memory_usage")).containsExactly("log FIRED", "slack FIRED");
        stand.put(40, memory("n1", 40, 60));
        stand.pass(54);
        assertThat(stand.isOpen("memory_usage")).isTrue();
        stand.pass(55);
        assertThat(stand.told("memory_usage"))
                .containsExactly("log FIRED", "slack FIRED", "log RESOLVED", "slack RESOLVED");
    }

    @Test
    void ttlMakesItStaleAndDoesNotEndIt() {
        stand.put(0, memory("n1", 0, 89.5));
        stand.pass(0, 3600, 30);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        assertThat(stand.kinds("memory_usage")).containsExactly("PENDING", "FIRED", "STALE", "ESCALATED");
    }

    @Test
    void aDayWithoutNewsEndsItWithThatReason() {
        stand.put(0, memory("n1", 0, 89.5));
        stand.pass(24 * 3600 - 1);
        assertThat(stand.isOpen("memory_usage")).isTrue();
        stand.pass(24 * 3600);
        assertThat(stand.isOpen("memory_usage")).isFalse();
        var end = stand.transitions("memory_usage")
                .get(stand.transitions("memory_usage").size() - 1);
        assertThat(end.detail()).startsWith("no news since stale_after");
        assertThat(end.cause()).isEqualTo(Cause.EXPIRY);
        assertThat(stand.alerts()).isEmpty();
        assertThat(stand.watch().session().sources()).isEmpty();
    }

    @Test
    void aDayIsCountedFromTheLastNewsAcrossRestarts() {
        stand.put(0, memory("n1", 0, 89.5));
        stand.pass(40);
        stand.restart(20 * 3600);
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        stand.pass(24 * 3600 - 1);
        assertThat(stand.isOpen("memory_usage")).isTrue();
        stand.pass(24 * 3600);
        assertThat(stand.isOpen("memory_usage")).isFalse();
    }

    @Test
    void silentNodeIsToldOnceAndComesBackWithItsNextReading() {
        stand.put(0, memory("n1", 0, 50));
        stand.pass(59);
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.pass(60);
        assertThat(stand.alert("node_silent").node()).isEqualTo("n1");
        stand.pass(60, 600, 10);
        stand.put(600, disk("n1", 600, 10));
        stand.pass(616);
        assertThat(stand.kinds("node_silent")).containsExactly("FIRED", "RESOLVED");
    }

    @Test
    void silenceSurvivesARestartWithoutBeingToldTwice() {
        stand.put(0, memory("n1", 0, 50));
        stand.pass(70);
        stand.restart(100);
        stand.pass(100, 400, 10);
        assertThat(stand.kinds("node_silent")).doesNotContain("RESOLVED");
        assertThat(stand.told("node_silent").stream().filter(t -> t.endsWith("FIRED")))
                .hasSize(2);
    }

    @Test
    void sourceOfBeforeARestartHasItsTimeToLiveToReport() {
        stand.put(0, memory("n1", 0, 50));
        stand.restart(300);
        stand.pass(359);
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.pass(360);
        assertThat(stand.isOpen("node_silent")).isTrue();
    }

    @Test
    void nodeOfTheTopologyThatNeverReportsIsSilent() {
        with(new Topology("default", List.of("n1", "n2", "n3"), 2));
        stand.put(0, memory("n1", 0, 50), memory("n2", 0, 50));
        for (int second = 10; second <= 400; second += 10) {
            stand.put(second, memory("n1", second, 50), memory("n2", second, 50));
        }
        Alert alert = stand.alert("node_silent");
        assertThat(alert.subject()).isEqualTo("n3");
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.message()).contains("never").doesNotContain("2026");
        assertThat(stand.isOpen("quorum_lost")).isFalse();
    }

    @Test
    void twoOfThreeNodesAreNoQuorumWhenTheyAreSilent() {
        with(new Topology("default", List.of("n1", "n2", "n3"), 2));
        for (int second = 0; second <= 100; second += 10) {
            stand.put(second, memory("n1", second, 50));
        }
        Alert alert = stand.alert("quorum_lost");
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.level()).isEqualTo(1);
        assertThat(alert.symptom().value()).isEqualTo(1.0);
    }

    @Test
    void nodeFailureNeedsMostObserversAndEndsOnlyOnWhatTheySay() {
        for (String observer : List.of("a", "b", "c")) {
            stand.put(0, check("n1", observer, 0, true));
        }
        stand.put(10, check("n1", "a", 10, false));
        stand.pass(25);
        assertThat(stand.isOpen("node_failure")).isFalse();
        stand.put(30, check("n1", "b", 30, false), check("n1", "c", 30, false));
        stand.pass(40);
        assertThat(stand.alert("node_failure").severity()).isEqualTo(Severity.CRITICAL);
        stand.restart(50);
        stand.put(60, check("n1", "a", 60, true));
        stand.pass(60, 500, 10);
        assertThat(stand.isOpen("node_failure")).isTrue();
        stand.put(510, check("n1", "b", 510, true));
        stand.pass(545);
        assertThat(stand.isOpen("node_failure")).isFalse();
    }

    @Test
    void olderReadingIsDroppedAndCountedAndAnEqualOneReplaces() {
        stand.put(10, memoryAt("n1", Stand.at(10), 10, 90));
        stand.put(11, memoryAt("n1", Stand.at(9), 11, 10));
        assertThat(stand.watch().tally().puts(Put.OLDER)).isEqualTo(1);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.PENDING);
        stand.put(12, memoryAt("n1", Stand.at(10), 12, 20));
        assertThat(stand.isOpen("memory_usage")).isFalse();
        assertThat(stand.watch().tally().puts(Put.TAKEN)).isEqualTo(2);
    }

    @Test
    void clockThatRunsAheadDoesNotShutOutLaterReadings() {
        stand.put(10, memoryAt("n1", Stand.at(250), 10, 90));
        stand.put(20, memoryAt("n1", Stand.at(20), 20, 20));
        assertThat(stand.isOpen("memory_usage")).isFalse();
        assertThat(stand.watch().tally().puts(Put.OLDER)).isZero();
    }

    @Test
    void everyReadingOfASeriesInABatchIsEvaluated() {
        stand.put(0, memory("n1", 0, 90));
        stand.pass(30);
        stand.put(
                100,
                component("n1", "store", 100, HealthStatus.UNHEALTHY),
                component("n1", "store", 100, HealthStatus.HEALTHY));
        assertThat(stand.kinds("component_unhealthy")).containsExactly("FIRED");
        stand.pass(115);
        assertThat(stand.kinds("component_unhealthy")).containsExactly("FIRED", "RESOLVED");
        stand.put(
                200,
                component("n1", "store", 200, HealthStatus.HEALTHY),
                component("n1", "store", 200, HealthStatus.UNHEALTHY),
                component("n1", "store", 200, HealthStatus.HEALTHY));
        assertThat(stand.kinds("component_unhealthy")).containsExactly("FIRED", "RESOLVED", "FIRED");
    }

    @Test
    void seriesBeyondTheLimitAreRefusedAndCounted() {
        stand.close();
        stand = new Stand(book, new MemoryStore(), "default", null, 2);
        stand.put(0, memory("n1", 0, 99), memory("n2", 0, 99), memory("n3", 0, 99));
        stand.put(1, memory("n1", 1, 99), memory("n3", 1, 99));
        assertThat(stand.watch().tally().puts(Put.FULL)).isEqualTo(2);
        assertThat(stand.alerts().stream().map(Alert::subject)).containsExactlyInAnyOrder("n1", "n2");
        stand.pass(25 * 3600);
        stand.put(25 * 3600, memory("n3", 25 * 3600, 99));
        assertThat(stand.alert("memory_usage").subject()).isEqualTo("n3");
    }

    @Test
    void limitIsGivenBackWhenAWatchEnds() {
        stand.close();
        stand = new Stand(book, new MemoryStore(), "default", null, 2);
        stand.put(0, memory("n1", 0, 99), memory("n2", 0, 99));
        stand.restart(10);
        stand.restart(20);
        stand.put(30, memory("n1", 30, 99), memory("n2", 30, 99), memory("n3", 30, 99));
        assertThat(stand.watch().tally().puts(Put.FULL)).isEqualTo(1);
        assertThat(stand.watch().session().size()).isEqualTo(2);
    }

    @Test
    void derivedClusterHealthTakesThePlaceOfAReceivedOne() {
        with(new Topology("default", List.of("n1", "n2"), 1));
        ClusterHealth received = new ClusterHealth(
                Head.of("default", null, Stand.at(1), null),
                HealthStatus.UNHEALTHY,
                0,
                2,
                List.of(),
                List.of("n1", "n2"),
                null,
                Origin.RECEIVED);
        stand.put(1, memory("n1", 1, 50), memory("n2", 1, 50), received);
        assertThat(stand.watch().session().health().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(stand.watch().session().health().origin()).isEqualTo(Origin.DERIVED);
        stand.put(2, received);
        assertThat(stand.watch().tally().puts(Put.SUPERSEDED)).isPositive();
        assertThat(stand.watch().session().readings()).noneMatch(ClusterHealth.class::isInstance);
        assertThat(stand.derived).anyMatch(ClusterHealth.class::isInstance);
    }

    @Test
    void timingsBecomeThroughputAndLatencyPerWindow() {
        for (int i = 1; i <= 100; i++) {
            stand.put(1 + i * 0.05, timing("n1", "write", 1 + i * 0.05, i));
        }
        stand.pass(9.9);
        assertThat(stand.derived).isEmpty();
        stand.pass(10);
        ThroughputMetric throughput = (ThroughputMetric) stand.derived.stream()
                .filter(ThroughputMetric.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(throughput.count()).isEqualTo(100);
        assertThat(throughput.ratePerSec()).isEqualTo(10);
        assertThat(throughput.receivedAt()).isEqualTo(Stand.at(10));
        Map<Percentile, Double> expected = Map.of(
                Percentile.P50,
                50.0,
                Percentile.P95,
                95.0,
                Percentile.P99,
                99.0,
                Percentile.MAX,
                100.0,
                Percentile.MIN,
                1.0,
                Percentile.AVG,
                50.5);
        List<LatencyMetric> latencies = stand.derived.stream()
                .filter(LatencyMetric.class::isInstance)
                .map(LatencyMetric.class::cast)
                .toList();
        assertThat(latencies).hasSize(6).allSatisfy(one -> {
            assertThat(one.latencyMs())
                    .isCloseTo(expected.get(one.percentile()), org.assertj.core.data.Percentage.withPercentage(1));
            assertThat(one.sampleCount()).isEqualTo(100);
        });
        assertThat(stand.watch().session().readings().stream()
                        .map(Reading::type)
                        .distinct())
                .containsExactlyInAnyOrder("throughput", "latency");
        stand.pass(30);
        assertThat(stand.derived.stream().filter(one -> !(one instanceof ClusterHealth)))
                .hasSize(7);
    }

    @Test
    void slowTimingsRaiseTheLatencyAlert() {
        for (int second = 0; second < 80; second++) {
            int at = second;
            stand.put(
                    second,
                    java.util.stream.IntStream.range(0, 5)
                            .mapToObj(i -> (Telemetry) timing("n1", "write", at, 900))
                            .toList());
        }
        assertThat(stand.alert("latency").state()).isEqualTo(AlertState.FIRING);
        assertThat(stand.alert("latency").subject()).isEqualTo("n1/write");
    }

    @Test
    void handEndsWhatOnlyAStaleReadingSupportsAndTheReadingGoesWithIt() {
        stand.put(0, memory("n1", 0, 89.5));
        stand.pass(40);
        String id = stand.alert("memory_usage").id();
        CommandResult refused = stand.resolve(50, id);
        assertThat(refused.code()).isEqualTo(Failure.CONFLICT);
        assertThat(refused.reason()).contains("memory at 89.5 %");
        stand.pass(61);
        assertThat(stand.resolve(62, id).alert().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(stand.isOpen("memory_usage")).isFalse();
        stand.pass(62, 200, 10);
        stand.restart(210);
        assertThat(stand.isOpen("memory_usage")).isFalse();
        stand.put(220, memory("n1", 220, 90));
        assertThat(stand.alert("memory_usage").id()).endsWith("-2");
    }

    @Test
    void handSilencesWhatHasNoReadingUntilItIsClear() {
        with(new Topology("default", List.of("n1"), 1));
        stand.pass(400);
        String id = stand.alert("node_silent").id();
        assertThat(stand.resolve(410, id).alert().state()).isEqualTo(AlertState.RESOLVED);
        stand.pass(410, 2000, 30);
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.put(2010, memory("n1", 2010, 10));
        stand.pass(2080);
        assertThat(stand.alert("node_silent").id()).endsWith("-2");
    }

    @Test
    void restartKeepsSilentWhatAHandSilenced() {
        with(new Topology("default", List.of("n1"), 1));
        stand.pass(400);
        stand.resolve(410, stand.alert("node_silent").id());
        stand.restart(420);
        stand.pass(420, 2000, 30);
        stand.restart(2010);
        stand.pass(2010, 4000, 30);
        assertThat(stand.isOpen("node_silent")).isFalse();
        stand.put(4010, memory("n1", 4010, 10));
        stand.restart(4020);
        stand.pass(4090);
        assertThat(stand.alert("node_silent").id()).endsWith("-2");
    }

    @Test
    void whatBecameClearWhileNobodyWatchedIsToldWhenItComesAgain() {
        with(new Topology("default", List.of("n1"), 1));
        stand.pass(400);
        stand.resolve(410, stand.alert("node_silent").id());
        stand.restart(420);
        stand.put(430, memory("n1", 430, 10));
        stand.pass(430, 600, 10);
        assertThat(stand.alert("node_silent").id()).endsWith("-2");
    }

    @Test
    void muteOfWhatDoesNotStandAfterARestartEndsWithTheGraceOfItsSources() throws Exception {
        with(new Topology("default", List.of("n1"), 1));
        stand.pass(400);
        stand.resolve(410, stand.alert("node_silent").id());
        try (RuleBook other = RuleBook.of(Map.of("cpu.drl", Stand.HEADER + """
                rule "cpu is high" when $u : ResourceUsage(resourceType == ResourceType.CPU, usagePercent > 85)
                then insertLogical(Finding.of("cpu_usage", $u).warning("high")); end
                """))) {
            stand.restart(420, other);
            stand.pass(420, 479, 10);
            assertThat(stand.store().claim("default").muted()).hasSize(1);
            stand.restart(480);
            stand.pass(480, 541, 10);
            assertThat(stand.store().claim("default").muted()).isEmpty();
            stand.close();
        }
        with(new Topology("default", List.of("n1"), 1));
    }

    @Test
    void worseThanWhatAHandSilencedIsToldAfterARestartToo() {
        with(new Topology("default", List.of("n1"), 1));
        stand.pass(100);
        stand.resolve(110, stand.alert("node_silent").id());
        stand.restart(120);
        stand.pass(120, 500, 10);
        assertThat(stand.alert("node_silent").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(stand.alert("node_silent").id()).endsWith("-2");
        assertThat(stand.store().claim("default").muted()).isEmpty();
    }

    @Test
    void readingsOfOtherAlertsStayWhenASilentNodeIsResolvedByHand() {
        stand.put(0, memory("n1", 0, 99));
        stand.pass(70);
        stand.resolve(80, stand.alert("node_silent").id());
        assertThat(stand.kinds("memory_usage")).doesNotContain("RESOLVED");
        assertThat(stand.alert("memory_usage").stale()).isTrue();
        stand.put(90, memory("n1", 90, 10));
        stand.pass(110);
        assertThat(stand.isOpen("memory_usage")).isFalse();
    }

    @Test
    void criticalLadderRepeatsUntilSomebodyAnswers() {
        stand.put(0, lasting("n1", 0, 99, "10h"));
        stand.pass(0, 3600, 10);
        assertThat(stand.transitions("memory_usage").stream()
                        .filter(t -> t.kind() == io.tocsin.model.ChangeKind.ESCALATED)
                        .map(t -> Duration.between(Stand.START, t.at()).toSeconds()))
                .containsExactly(330L, 930L, 1830L, 2730L);
        assertThat(stand.alert("memory_usage").nextEscalationAt()).isEqualTo(Stand.at(3630));
        stand.acknowledge(3601, stand.alert("memory_usage").id(), null);
        stand.pass(3601, 9000, 60);
        assertThat(stand.alert("memory_usage").level()).isEqualTo(4);
        assertThat(stand.alert("memory_usage").nextEscalationAt()).isNull();
    }

    @Test
    void stepsOverdueAfterAStandstillCollapseToTheHighestOnce() {
        stand.put(0, lasting("n1", 0, 99, "10h"));
        stand.pass(31);
        stand.restart(3000);
        assertThat(stand.alert("memory_usage").level()).isEqualTo(4);
        assertThat(stand.told("memory_usage").stream().filter(t -> t.startsWith("pagerduty")))
                .containsExactly("pagerduty FIRED", "pagerduty ESCALATED");
        assertThat(stand.alert("memory_usage").nextEscalationAt()).isAfter(Stand.at(3000));
    }

    @Test
    void answerForATimeResumesTheLadderWhereItStood() {
        stand.put(0, lasting("n1", 0, 99, "10h"));
        stand.pass(331);
        assertThat(stand.alert("memory_usage").level()).isEqualTo(1);
        stand.acknowledge(340, stand.alert("memory_usage").id(), "10m");
        stand.restart(600);
        stand.pass(939);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.ACKNOWLEDGED);
        stand.pass(940);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
        assertThat(stand.alert("memory_usage").level()).isEqualTo(1);
        assertThat(stand.alert("memory_usage").nextEscalationAt()).isEqualTo(Stand.at(940 + 600));
        stand.pass(1540);
        assertThat(stand.alert("memory_usage").level()).isEqualTo(2);
    }

    @Test
    void answerThatRanOutWhileNobodyRanIsNoticedAtTheStart() {
        stand.put(0, lasting("n1", 0, 99, "10h"));
        stand.pass(31);
        stand.acknowledge(40, stand.alert("memory_usage").id(), "10m");
        stand.restart(3600);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
        assertThat(stand.told("memory_usage")).contains("pagerduty ACK_EXPIRED");
    }

    @Test
    void answeringTwiceIsFineAndChangesNothing() {
        stand.put(0, lasting("n1", 0, 99, "10h"));
        stand.pass(31);
        String id = stand.alert("memory_usage").id();
        stand.acknowledge(40, id, "10m");
        long revision = stand.alert("memory_usage").revision();
        CommandResult again = stand.acknowledge(50, id, "1h");
        assertThat(again.reason()).isNull();
        assertThat(again.alert().revision()).isEqualTo(revision);
        assertThat(again.alert().ack().expiresAt()).isEqualTo(Stand.at(640));
    }

    @Test
    void commandsOnWhatIsNotThereOrPendingAreRefused() {
        assertThat(stand.acknowledge(1, "none-1", null).code()).isEqualTo(Failure.NOT_FOUND);
        stand.put(2, memory("n1", 2, 90));
        CommandResult refused = stand.acknowledge(3, stand.alert("memory_usage").id(), null);
        assertThat(refused.code()).isEqualTo(Failure.CONFLICT);
        assertThat(refused.reason()).contains("pending");
    }

    @Test
    void riseTakesTheAnswerAwayAndRestartsTheLadder() {
        stand.put(0, lasting("n1", 0, 90, "10h"));
        stand.pass(40);
        stand.acknowledge(41, stand.alert("memory_usage").id(), null);
        stand.put(60, lasting("n1", 60, 97, "10h"));
        stand.pass(90);
        Alert alert = stand.alert("memory_usage");
        assertThat(alert.state()).isEqualTo(AlertState.FIRING);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.ack()).isNull();
        assertThat(alert.level()).isZero();
        assertThat(alert.nextEscalationAt()).isEqualTo(Stand.at(390));
        assertThat(stand.told("memory_usage")).endsWith("log RAISED", "pagerduty RAISED", "slack RAISED");
    }

    @Test
    void fallIsToldToThoseWhoHeardAndTheEndToo() {
        stand.put(0, lasting("n1", 0, 97, "10h"));
        stand.pass(31);
        stand.put(60, lasting("n1", 60, 90, "10h"));
        assertThat(stand.told("memory_usage"))
                .containsExactly(
                        "log FIRED", "pagerduty FIRED", "slack FIRED", "log FELL", "pagerduty FELL", "slack FELL");
        stand.put(70, lasting("n1", 70, 10, "10h"));
        stand.pass(90);
        assertThat(stand.told("memory_usage")).endsWith("log RESOLVED", "pagerduty RESOLVED", "slack RESOLVED");
    }

    @Test
    void ladderOfAnyAlertStartsAnewWhenItRises() throws Exception {
        stand.close();
        try (RuleBook small = RuleBook.of(Map.of("small.drl", Stand.HEADER + """
                rule "warns" when $u : ResourceUsage(usagePercent > 85)
                then insertLogical(Finding.of("memory_usage", $u).warning("w")); end
                rule "is critical" when $u : ResourceUsage(usagePercent > 95)
                then insertLogical(Finding.of("memory_usage", $u).critical("c")); end
                rule "ladder" when $a : Alert(state == AlertState.FIRING, level == 0)
                then insertLogical(new Escalation($a.id(), 1, minutes(5), List.of("x"), "y")); end
                """))) {
            stand = new Stand(small);
            stand.put(0, memory("n1", 0, 90));
            assertThat(stand.alert("memory_usage").nextEscalationAt()).isEqualTo(Stand.at(300));
            stand.put(100, memory("n1", 100, 99));
            assertThat(stand.alert("memory_usage").nextEscalationAt()).isEqualTo(Stand.at(400));
            stand.pass(399);
            assertThat(stand.alert("memory_usage").level()).isZero();
            stand.pass(400);
            assertThat(stand.alert("memory_usage").level()).isEqualTo(1);
            stand.close();
        }
        open();
    }

    @Test
    void holdThatBeganBeforeAKillEndsWhenItWouldHave() {
        stand.put(0, memory("n1", 0, 90));
        stand.put(20, memory("n1", 20, 97));
        stand.restart(25);
        stand.pass(30);
        assertThat(stand.alert("memory_usage").severity()).isEqualTo(Severity.WARNING);
        assertThat(stand.alert("memory_usage").state()).isEqualTo(AlertState.FIRING);
        stand.pass(49);
        assertThat(stand.alert("memory_usage").severity()).isEqualTo(Severity.WARNING);
        stand.pass(50);
        assertThat(stand.alert("memory_usage").severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void quietTimeThatBeganBeforeAKillEndsWhenItWouldHave() {
        stand.put(0, memory("n1", 0, 90));
        stand.put(40, memory("n1", 40, 10));
        stand.restart(50);
        stand.pass(54);
        assertThat(stand.isOpen("memory_usage")).isTrue();
        stand.pass(55);
        assertThat(stand.isOpen("memory_usage")).isFalse();
    }
}
