package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Failure;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Head;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who hears next when nobody answers, and what an answer, a rise and a standstill do to that. */
class EscalationTest extends OnAStand {
    @Override
    RuleBook rules() throws Exception {
        return shipped();
    }

    private static ResourceUsage lasting(String node, double second, double percent, String ttl) {
        Head head = Head.of("default", node, Stand.at(second), io.tocsin.model.Text.duration(ttl));
        return new ResourceUsage(head, ResourceType.MEMORY, percent, null, null);
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
}
