package io.tocsin.lane.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123456789Z");

    private static Telemetry metric(int second, double value) {
        Head head = new Head(
                "main",
                "n1",
                AT.plusSeconds(second).minusMillis(3),
                AT.plusSeconds(second),
                Map.of("disk", "sda"),
                Duration.ofSeconds(30),
                true,
                null);
        return new Metric(head, "queue", value);
    }

    @Test
    void whatIsPackedIsUnpackedAsItWas() {
        List<Telemetry> messages = List.of(metric(0, 1.5), metric(3, -0.0), metric(1, 1e300));

        assertThat(Pack.read(Pack.of(messages))).isEqualTo(messages);
        assertThat(Pack.read(Pack.of(List.of()))).isEmpty();
    }

    @Test
    void everyChangedOrMissingByteIsNoticed() {
        byte[] packed = Pack.of(List.of(metric(0, 1.5), metric(3, 7)));
        for (int i = 0; i < packed.length; i++) {
            byte[] damaged = packed.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() -> Pack.read(damaged)).isInstanceOf(RecordingFault.class);
            byte[] cut = java.util.Arrays.copyOf(packed, i);
            assertThatThrownBy(() -> Pack.read(cut)).isInstanceOf(RecordingFault.class);
        }
    }
}
