package io.tocsin.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void everyAlertClimbsInTime() {
        Result result = Ladder.measure(900, text -> {});

        assertThat(result.figure("alerts")).isEqualTo(900);
        // a third reached the first level while the rest still opened; all reach the second and the third
        assertThat(result.figure("escalations")).isBetween(300.0 + 900 + 899, 302.0 + 900 + 900);
        assertThat(result.figure("late_ms_max")).isLessThanOrEqualTo(1000);
    }
}
