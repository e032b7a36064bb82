package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.check;
import static io.tocsin.lane.Telegrams.disk;
import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.Put;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Origin;
import io.tocsin.model.Severity;
import io.tocsin.model.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nobody says: silent nodes, checks that fail together, and how a cluster is. */
class AbsenceTest extends OnAStand {
    @Override
    RuleBook rules() throws Exception {
        return shipped();
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
}
