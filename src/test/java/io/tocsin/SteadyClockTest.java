package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final long START = 1_767_323_045_000L;

    private long wall = START;
    private long nanos = -5_000_000_000L;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    private void pass(long millis) {
        wall += millis;
        nanos += millis * 1_000_000;
    }

    private long shown() {
        return clock.millis() - START;
    }

    @Test
    void itShowsTheWall() {
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(START));
        pass(1234);
        assertThat(shown()).isEqualTo(1234);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(clock.withZone(ZoneOffset.UTC)).isSameAs(clock);
    }

    @Test
    void itFollowsAJumpForward() {
        pass(10);
        wall += 3_600_000;
        assertThat(shown()).isEqualTo(3_600_010);
    }

    @Test
    void itGoesOnWhenTheWallIsSetBackAnHour() {
        pass(10);
        assertThat(shown()).isEqualTo(10);
        wall -= 3_600_000;
        pass(500);
        assertThat(shown()).isEqualTo(510);
        pass(100_000);
        assertThat(shown()).isEqualTo(100_510);
    }

    @Test
    void itGoesOnThoughNobodyLookedForLongerThanTheWallWasSetBack() {
        wall -= 60_000;
        pass(600_000);
        assertThat(shown()).isEqualTo(600_000);
    }

    @Test
    void itFollowsAgainOnceTheWallHasCaughtUp() {
        wall -= 60_000;
        pass(1000);
        assertThat(shown()).isEqualTo(1000);
        wall += 59_500;
        pass(1000);
        assertThat(shown()).isEqualTo(2000);
        wall += 700;
        pass(1000);
        assertThat(shown()).isEqualTo(3200);
    }

    @Test
    void itStandsStillWhileTheWallIsALittleBehind() {
        pass(5000);
        assertThat(shown()).isEqualTo(5000);
        wall -= 900;
        assertThat(shown()).isEqualTo(5000);
        pass(400);
        assertThat(shown()).isEqualTo(5000);
        pass(600);
        assertThat(shown()).isEqualTo(5100);
    }

    @Test
    void itGoesOnWhenSmallStepsBackComeToMoreThanASecond() {
        wall -= 900;
        assertThat(shown()).isZero();
        wall -= 900;
        pass(100);
        assertThat(shown()).isEqualTo(100);
    }

    @Test
    void itNeverGoesBackward() {
        Random random = new Random(7);
        long before = clock.millis();
        for (int i = 0; i < 100_000; i++) {
            pass(random.nextInt(50));
            wall += random.nextInt(20) == 0 ? random.nextInt(20_000) - 10_000 : 0;
            long now = clock.millis();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }
}
