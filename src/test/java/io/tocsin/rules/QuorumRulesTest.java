package io.tocsin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Finding;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.QuorumStatus;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.Topology;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuorumRulesTest {
    private static final Topology THREE = new Topology("main", List.of("n1", "n2", "n3"), 2);
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void nothingIsConcludedOfNothing() {
        assertThat(bench.derived()).isEmpty();
        assertThat(bench.findings("quorum_lost")).isEmpty();
    }

    @Test
    void aTopologyWhoseNodesAreUpIsHealthy() {
        topology();
        assertThat(bench.derived()).singleElement().satisfies(health -> {
            assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
            assertThat(health.cluster()).isEqualTo("main");
            assertThat(health.healthyNodes()).isEqualTo(3);
        });
    }

    @Test
    void silentAndUnhealthyNodesCountOnceEach() {
        topology();
        bench.put("n2", Bench.node("n2", true, 0)).put("c2", Bench.component("n2", HealthStatus.UNHEALTHY));
        assertThat(bench.findings("quorum_lost")).isEmpty();
        assertThat(bench.derived()).singleElement().satisfies(health -> {
            assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(health.unhealthyNodes()).containsExactly("n2");
            assertThat(health.quorumStatus()).isEqualTo(QuorumStatus.AVAILABLE);
        });
    }

    @Test
    void quorumIsLostWhenTooFewAreUpAndComesBack() {
        topology();
        bench.put("n2", Bench.node("n2", true, 0)).put("c3", Bench.component("n3", HealthStatus.UNHEALTHY));
        assertThat(bench.findings("quorum_lost")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.subject()).isEqualTo("main");
            assertThat(finding.context()).containsEntry("unhealthy_nodes", List.of("n2", "n3"));
        });
        assertThat(bench.derived())
                .singleElement()
                .satisfies(health -> assertThat(health.quorumStatus()).isEqualTo(QuorumStatus.LOST));
        bench.put("c3", Bench.component("n3", HealthStatus.HEALTHY));
        assertThat(bench.findings("quorum_lost")).isEmpty();
    }

    @Test
    void nodesOutsideTheTopologyHaveNoVote() {
        topology();
        bench.put("x1", Bench.node("x1", true, 0)).put("x2", Bench.node("x2", true, 0));
        assertThat(bench.findings("quorum_lost")).isEmpty();
        assertThat(bench.derived())
                .singleElement()
                .satisfies(health -> assertThat(health.totalNodes()).isEqualTo(3));
    }

    @Test
    void anOpenQuorumAlertOutlivesTheFreshnessOfItsReadings() {
        topology();
        var bad2 = Bench.component("n2", HealthStatus.UNHEALTHY);
        var bad3 = Bench.component("n3", HealthStatus.UNHEALTHY);
        bench.put("c2", bad2).put("c3", bad3);
        bench.put("alert", Bench.alert("quorum_lost", "main", Severity.CRITICAL, AlertState.FIRING, 0));
        bench.put("c2", bad2.with(bad2.head().fresh(false)))
                .put("c3", bad3.with(bad3.head().fresh(false)));
        assertThat(bench.findings("quorum_lost")).hasSize(1);
        bench.put("c3", Bench.component("n3", HealthStatus.HEALTHY));
        assertThat(bench.findings("quorum_lost")).isEmpty();
    }

    @Test
    void staleReadingsOpenNoQuorumAlert() {
        topology();
        var bad2 = Bench.component("n2", HealthStatus.UNHEALTHY);
        var bad3 = Bench.component("n3", HealthStatus.UNHEALTHY);
        bench.put("c2", bad2.with(bad2.head().fresh(false)))
                .put("c3", bad3.with(bad3.head().fresh(false)));
        assertThat(bench.findings("quorum_lost")).isEmpty();
    }

    @Test
    void withoutTopologyThereIsHealthButNoQuorum() {
        bench.put("n1", Bench.node("n1", false, 0)).put("n2", Bench.node("n2", true, 0));
        assertThat(bench.findings("quorum_lost")).isEmpty();
        assertThat(bench.derived()).singleElement().satisfies(health -> {
            assertThat(health.totalNodes()).isEqualTo(2);
            assertThat(health.unhealthyNodes()).containsExactly("n2");
            assertThat(health.quorumStatus()).isEqualTo(QuorumStatus.AVAILABLE);
        });
        bench.put("topology", THREE);
        assertThat(bench.derived())
                .singleElement()
                .satisfies(health -> assertThat(health.totalNodes()).isEqualTo(3));
    }

    @Test
    void useOfResourcesAloneMakesNoNodeUnhealthy() {
        topology();
        for (String node : THREE.nodes()) {
            bench.put("m" + node, new ResourceUsage(Bench.head(node), ResourceType.MEMORY, 99, null, null));
        }
        assertThat(bench.derived())
                .singleElement()
                .satisfies(health -> assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY));
    }

    @Test
    void nodeFailsOnlyWhenMoreThanHalfOfItsObserversSaySo() {
        bench.put("n1", Bench.node("n1", false, 4));
        bench.put("a", Bench.check("n1", "a", CheckResult.FAIL)).put("b", Bench.check("n1", "b", CheckResult.TIMEOUT));
        assertThat(bench.findings("node_failure")).isEmpty();
        bench.put("c", Bench.check("n1", "c", CheckResult.FAIL));
        assertThat(bench.findings("node_failure"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).isEqualTo("node n1: 3 of 4 observers see it down"));
        bench.put("a", Bench.check("n1", "a", CheckResult.PASS));
        assertThat(bench.findings("node_failure")).isEmpty();
    }

    @Test
    void oneObserverAloneIsNoMajority() {
        bench.put("n1", Bench.node("n1", false, 1)).put("a", Bench.check("n1", "a", CheckResult.FAIL));
        assertThat(bench.findings("node_failure")).isEmpty();
    }

    @Test
    void nodeStaysDownWhileItsObserversAreGone() {
        HealthCheck a = Bench.check("n1", "a", CheckResult.FAIL);
        HealthCheck b = Bench.check("n1", "b", CheckResult.FAIL);
        bench.put("n1", Bench.node("n1", false, 2)).put("a", a).put("b", b);
        assertThat(bench.findings("node_failure")).hasSize(1);
        bench.put("alert", Bench.alert("node_failure", "n1", Severity.CRITICAL, AlertState.ACKNOWLEDGED, 0));
        bench.put("a", a.with(a.head().fresh(false))).put("b", b.with(b.head().fresh(false)));
        assertThat(bench.findings("node_failure")).hasSize(1);
        bench.put("a", Bench.check("n1", "a", CheckResult.PASS));
        assertThat(bench.findings("node_failure")).isEmpty();
    }

    @Test
    void oneProbeAgainstAllOthersIsTold() {
        bench.put("n1", Bench.node("n1", false, 3)).put("a", Bench.check("n1", "a", CheckResult.FAIL));
        bench.put("b", Bench.check("n1", "b", CheckResult.PASS));
        assertThat(bench.findings("probes_disagree")).isEmpty();
        bench.put("c", Bench.check("n1", "c", CheckResult.PASS));
        assertThat(bench.findings("probes_disagree"))
                .extracting(Finding::subject)
                .containsExactly("n1/a");
        bench.put("b", Bench.check("n1", "b", CheckResult.FAIL));
        assertThat(bench.findings("probes_disagree")).isEmpty();
    }

    @Test
    void mostNodesDegradedNeedsATopology() {
        bench.put("c1", Bench.component("n1", HealthStatus.DEGRADED));
        bench.put("c2", Bench.component("n2", HealthStatus.DEGRADED));
        assertThat(bench.findings("nodes_degraded")).isEmpty();
        topology();
        assertThat(bench.findings("nodes_degraded")).hasSize(1);
        bench.put("c2", Bench.component("n2", HealthStatus.HEALTHY));
        assertThat(bench.findings("nodes_degraded")).isEmpty();
    }

    private void topology() {
        bench.put("topology", THREE);
        THREE.nodes().forEach(node -> bench.put(node, Bench.node(node, false, 0)));
    }
}
