package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23 12:00:00Z",
                "2026-11-23T12:00Z",
                "2026-11-23T12:00:00",
                "2026-11-23T12:00:00.Z",
                "2026-11-23T12:00:00,5Z",
                "2026-11-23T12:00:00+0100",
                "2026-11-23T12:00:00+01:60",
                "2026-11-23T12:00:00+24:00",
                "2026-11-23T12:00:00Zulu",
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:60:00Z",
                "2026-11-23T12:00:61Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                "2025-02-29T12:00:00Z",
                "+026-01-01T12:00:00Z",
                "+12026-01-01T12:00:00Z",
                "２026-01-01T12:00:00Z"
            })
    void otherThanRfc3339IsNoTime(String text) {
        assertThat(Times.parse(text)).isNull();
    }

    @Test
    void aLeapSecondIsTheSecondAfterIt() {
        assertThat(Times.parse("2016-12-31T23:59:60Z")).isEqualTo(Instant.parse("2017-01-01T00:00:00Z"));
        assertThat(Times.parse("2024-02-29T00:00:00-00:00")).isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
    }
}
