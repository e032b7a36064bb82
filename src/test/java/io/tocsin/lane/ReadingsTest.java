package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.component;
import static io.tocsin.lane.Telegrams.memory;
import static io.tocsin.lane.Telegrams.timing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.Put;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Percentile;
import io.tocsin.model.Reading;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.store.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which readings count: their order, their number, and what raw samples become. */
class ReadingsTest extends OnAStand {
    @Override
    RuleBook rules() throws Exception {
        return shipped();
    }

    private static ResourceUsage memoryAt(String node, Instant timestamp, double received, double percent) {
        return new ResourceUsage(
                new Head("default", node, timestamp, Stand.at(received), Map.of(), null, true, null),
                ResourceType.MEMORY,
                percent,
                null,
                null);
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
}
