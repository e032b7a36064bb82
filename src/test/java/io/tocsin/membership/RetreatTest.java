package io.tocsin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetreatTest {
    private Set<String> alive = Set.of("a#1", "b#1", "c#1");
    private long nanos = 7;
    private final Retreat retreat = new Retreat(() -> alive);

    private boolean sees(int present, Duration later) {
        nanos += later.toNanos();
        return retreat.see(present < 2, present, nanos);
    }

    private boolean sees(int present) {
        return sees(present, Duration.ofSeconds(1));
    }

    @Test
    void whoIsCutOffFromMostWhileTheyLiveStepsBack() {
        assertThat(sees(3)).isFalse();
        assertThat(sees(2)).isFalse();
        assertThat(sees(1)).isTrue();
        assertThat(sees(3)).as("they met again").isFalse();
    }

    @Test
    void whoOutlivesAllOthersGoesOn() {
        sees(3);
        alive = Set.of("c#1");
        assertThat(sees(1)).isFalse();
    }

    @Test
    void whoIsLeftAloneGoesOnAsSoonAsTheOthersAreDead() {
        sees(3);
        assertThat(sees(1)).isTrue();
        alive = Set.of("b#1", "c#1");
        assertThat(sees(1)).as("one against one").isFalse();
        alive = Set.of("c#1");
        assertThat(sees(1)).isFalse();
    }

    @Test
    void whoStartsAnewHasYetToJoin() {
        sees(3);
        alive = Set.of("a#2", "b#2", "c#1");
        assertThat(sees(1)).isFalse();
    }

    @Test
    void whoKnowsNothingOfTheOthersStaysAsItIs() {
        sees(3);
        alive = Set.of();
        assertThat(sees(1)).isFalse();
        alive = Set.of("a#1", "b#1", "c#1");
        assertThat(sees(1)).isTrue();
        alive = Set.of();
        assertThat(sees(1)).isTrue();
    }

    @Test
    void whereAllAreCutOffFromAllNobodyWaitsForEver() {
        sees(3);
        assertThat(sees(1)).isTrue();
        assertThat(sees(1, Retreat.LASTS.minusMillis(1))).isTrue();
        assertThat(sees(1, Duration.ofMillis(1))).isFalse();
        assertThat(sees(1, Duration.ofHours(1))).isFalse();
    }
}
