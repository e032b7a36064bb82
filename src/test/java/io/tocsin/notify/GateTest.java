package io.tocsin.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notify.ReceiverSettings.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Instant T0 = Samples.T0;
    private static final Outcome FAILED = Outcome.Retry.of("no answer");

    private final Gate gate = new Gate(new Rate(1000, Duration.ofSeconds(1)));

    @Test
    void aMinuteNeverTakesMoreThanTheRateAndATenth() {
        Gate pagerDuty = new Gate(new Rate(100, Duration.ofMinutes(1)));
        int sent = 0;
        for (int ms = 0; ms < 60_000; ms += 10) {
            Instant at = T0.plusMillis(ms);
            for (; pagerDuty.room(at) > 0; sent++) {
                pagerDuty.take(at);
            }
        }
        assertThat(sent).isBetween(100, 110);
    }

    @Test
    void aClockSetBackRefillsNothingAndBlocksNothing() {
        Gate slack = new Gate(new Rate(1, Duration.ofSeconds(1)));
        slack.take(T0);
        Instant back = T0.minusSeconds(3600);
        assertThat(slack.room(back)).isZero();
        assertThat(slack.opensAt(back)).isEqualTo(back.plusSeconds(1));
    }

    @Test
    void halfOpenLetsOneThroughAndAFailureClosesItAgain() {
        for (int i = 0; i < 4; i++) {
            assertThat(gate.answered(FAILED, T0)).isFalse();
        }
        assertThat(gate.answered(FAILED, T0)).isTrue();
        assertThat(gate.room(T0.plusSeconds(29))).isZero();
        Instant later = T0.plusSeconds(30);
        assertThat(gate.room(later)).isEqualTo(1);
        gate.take(later);
        assertThat(gate.room(later)).isZero();
        assertThat(gate.answered(FAILED, later)).isFalse();
        assertThat(gate.opensAt(later)).isEqualTo(later.plusSeconds(30));
    }

    @Test
    void anyAnswerEndsTheRowOfFailures() {
        for (int i = 0; i < 4; i++) {
            gate.answered(FAILED, T0);
        }
        gate.answered(new Outcome.GiveUp("HTTP 400"), T0);
        assertThat(gate.answered(FAILED, T0)).isFalse();
    }

    @Test
    void whatWasSkippedSaysNothingAboutTheReceiver() {
        for (int i = 0; i < 5; i++) {
            gate.answered(FAILED, T0);
        }
        gate.answered(new Outcome.Skip("already open"), T0);
        assertThat(gate.open()).isTrue();
    }

    @Test
    void theLongestWaitAskedForCounts() {
        gate.answered(new Outcome.Retry("429", Optional.of(Duration.ofSeconds(60))), T0);
        gate.answered(new Outcome.Retry("429", Optional.of(Duration.ofSeconds(10))), T0);
        assertThat(gate.opensAt(T0)).isEqualTo(T0.plusSeconds(60));
        assertThat(gate.open()).isFalse();
    }

    @Test
    void backoffGrowsToFiveMinutes() {
        assertThat(new Backoff(() -> 0).after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Backoff(() -> 0.999).after(1)).isLessThan(Duration.ofSeconds(2));
        assertThat(new Backoff(() -> 0.999).after(5)).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(32));
        assertThat(new Backoff(() -> 0.999).after(1000)).isBetween(Duration.ofSeconds(299), Duration.ofMinutes(5));
    }
}
