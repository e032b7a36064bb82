package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Failure;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.AlertState;
import io.tocsin.model.Severity;
import io.tocsin.model.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody says is over is over, and what still holds is silent until it is clear or gets worse. */
class ResolvedByHandTest extends OnAStand {
    @Override
    RuleBook rules() throws Exception {
        return shipped();
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
}
