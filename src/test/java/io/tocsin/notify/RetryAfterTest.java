package io.tocsin.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T13:30:00Z");

    @Test
    void secondsAreRead() {
        assertThat(RetryAfter.parse(" 30 ", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("0", NOW)).contains(Duration.ZERO);
    }

    @Test
    void anHttpDateIsRead() {
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 13:31:30 GMT", NOW)).contains(Duration.ofSeconds(90));
        assertThat(RetryAfter.parse("Mon, 23 Nov 2026 13:29:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @Test
    void noReceiverSilencesItselfForLongerThanAnHour() {
        assertThat(RetryAfter.parse("99999999999999999999", NOW)).contains(RetryAfter.MAX);
        assertThat(RetryAfter.parse("Mon, 23 Nov 2099 13:31:30 GMT", NOW)).contains(RetryAfter.MAX);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "NaN", "2026-11-23T13:31:30Z"})
    void whatMakesNoSenseIsNoWait(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
