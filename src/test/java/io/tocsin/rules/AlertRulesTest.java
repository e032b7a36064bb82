package io.tocsin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Finding;
import io.tocsin.model.Head;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.LimitType;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Percentile;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.Trend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void memoryAlertStaysBetween80And85OnlyWhileItIsOpen() {
        bench.put("m", memory(83));
        assertThat(bench.findings("memory_usage")).isEmpty();
        bench.put("alert", Bench.alert("memory_usage", "n1", Severity.WARNING, AlertState.PENDING, 0));
        assertThat(bench.findings("memory_usage")).isEmpty();
        bench.put("alert", Bench.alert("memory_usage", "n1", Severity.WARNING, AlertState.FIRING, 0));
        assertThat(bench.findings("memory_usage")).hasSize(1);
        bench.put("m", memory(80));
        assertThat(bench.findings("memory_usage")).isEmpty();
        bench.put("m", memory(83)).drop("alert");
        assertThat(bench.findings("memory_usage")).isEmpty();
    }

    @Test
    void everyAlertHasAtMostOneOrderAndItIsForTheNextLevel() {
        for (Severity severity : Severity.values()) {
            for (AlertState state : AlertState.values()) {
                for (String type : List.of("memory_usage", "quorum_lost")) {
                    for (int level = 0; level < 5; level++) {
                        int next = level + 1;
                        bench.put("alert", Bench.alert(type, "n1", severity, state, level));
                        assertThat(bench.escalations())
                                .as("%s %s %s level %d", severity, state, type, level)
                                .hasSizeLessThanOrEqualTo(state == AlertState.FIRING ? 1 : 0)
                                .allSatisfy(order -> assertThat(order.level()).isEqualTo(next));
                    }
                }
            }
        }
    }

    @Test
    void criticalIsRepeatedUntilAnswered() {
        bench.put("alert", Bench.alert("memory_usage", "n1", Severity.CRITICAL, AlertState.FIRING, 7));
        assertThat(bench.escalations()).singleElement().satisfies(order -> {
            assertThat(order.after()).isEqualTo(Duration.ofMinutes(15));
            assertThat(order.to()).containsExactly("oncall", "manager");
            assertThat(order.reason()).isEqualTo("No acknowledgment after 105 minutes");
        });
        bench.put("alert", Bench.alert("memory_usage", "n1", Severity.CRITICAL, AlertState.ACKNOWLEDGED, 7));
        assertThat(bench.escalations()).isEmpty();
    }

    @Test
    void lostQuorumGoesStraightToTheTop() {
        bench.put("alert", Bench.alert("quorum_lost", "main", Severity.CRITICAL, AlertState.FIRING, 0));
        assertThat(bench.escalations()).singleElement().satisfies(order -> {
            assertThat(order.after()).isZero();
            assertThat(order.to()).contains("manager");
        });
    }

    @Test
    void receiversFollowSeverityAndPendingIsToldToNobody() {
        bench.put("alert", Bench.alert("x", "n1", Severity.CRITICAL, AlertState.PENDING, 0));
        assertThat(bench.receivers()).isEmpty();
        bench.put("alert", Bench.alert("x", "n1", Severity.INFO, AlertState.FIRING, 0));
        assertThat(bench.receivers()).containsExactly("log");
        bench.put("alert", Bench.alert("x", "n1", Severity.WARNING, AlertState.FIRING, 0));
        assertThat(bench.receivers()).containsExactly("log", "slack");
        bench.put("alert", Bench.alert("x", "n1", Severity.CRITICAL, AlertState.ACKNOWLEDGED, 0));
        assertThat(bench.receivers()).containsExactly("log", "pagerduty", "slack");
    }

    @Test
    void whatOutsideSendersLeaveOutIsFilledIn() {
        bench.put("e", new ExternalAlert(Bench.head("n1"), "disk_smart", null, null, null));
        bench.put("m", new MetricAlert(Bench.head("n1"), "queue", 12, 10, LimitType.MAX, null));
        assertThat(bench.findings("disk_smart"))
                .extracting(Finding::severity, Finding::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Severity.WARNING, "disk_smart"));
        assertThat(bench.findings("metric_alert"))
                .extracting(Finding::severity, Finding::subject)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Severity.WARNING, "n1/queue"));
    }

    @Test
    void anAlertAboutTheWholeClusterIsTakenInWithoutANode() {
        Head cluster = Head.of("main", null, Bench.T0, Duration.ofMinutes(1));
        bench.put("e", new ExternalAlert(cluster, "licence", Severity.INFO, "expires", null));
        assertThat(bench.findings("licence")).extracting(Finding::subject).containsExactly("main");
    }

    @Test
    void latencyOfFewSamplesIsNoise() {
        bench.put("l", latency(900, 19L));
        assertThat(bench.findings("latency")).isEmpty();
        bench.put("l", latency(900, 20L));
        assertThat(bench.findings("latency")).hasSize(1);
        bench.put("l", latency(900, null));
        assertThat(bench.findings("latency")).hasSize(1);
    }

    @Test
    void diskThatFillsIsToldByItsSlope() {
        bench.put("t", disk(60, 0.1));
        assertThat(bench.findings("disk_full")).isEmpty();
        bench.put("t", disk(60, 0.2));
        assertThat(bench.findings("disk_full")).extracting(Finding::severity).containsExactly(Severity.WARNING);
        bench.put("t", disk(90, 0.5));
        assertThat(bench.findings("disk_full"))
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Severity.WARNING, Severity.CRITICAL);
        bench.put("t", disk(90, -0.5));
        assertThat(bench.findings("disk_full")).isEmpty();
        bench.put("t", disk(90, Double.NaN));
        assertThat(bench.findings("disk_full")).isEmpty();
    }

    private static ResourceUsage memory(double percent) {
        return new ResourceUsage(Bench.head("n1"), ResourceType.MEMORY, percent, null, null);
    }

    private static LatencyMetric latency(double millis, Long samples) {
        return new LatencyMetric(Bench.head("n1"), "write", millis, Percentile.P95, samples);
    }

    private static Trend disk(double value, double slope) {
        return new Trend("key", "n1", "n1", "disk_usage", value, value, 1, slope, value, 1, 60, true, true);
    }
}
