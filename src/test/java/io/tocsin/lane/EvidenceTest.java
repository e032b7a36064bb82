package io.tocsin.lane;

import static io.tocsin.lane.Telegrams.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.AlertState;
import io.tocsin.model.Cause;
import io.tocsin.model.Severity;
import org.junit.jupiter.api.Test;

/** What opens, keeps and ends an alert, under the shipped rules: a fresh reading, time, and neither loss nor restart. */
class EvidenceTest extends OnAStand {
    @Override
    RuleBook rules() throws Exception {
        return shipped();
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
