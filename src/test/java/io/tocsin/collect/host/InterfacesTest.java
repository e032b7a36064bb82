package io.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collect.Switchboard;
import io.tocsin.model.ResourceUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oshi.hardware.NetworkIF;

class InterfacesTest {
    private static final long GBIT = 1_000_000_000L;

    private final List<NetworkIF> lines = new ArrayList<>();
    private final Interfaces interfaces = new Interfaces(
            new Usage(new HostSettings(true, Duration.ofSeconds(5), "main", "here")), () -> lines, line -> true);

    @BeforeEach
    void firstRoundFindsNothing() {
        assertThat(sample(line(0, 1000, 1000, 10 * GBIT))).isEmpty();
    }

    @Test
    void busierDirectionCountsAgainstTheSpeed() {
        ResourceUsage usage =
                sample(line(2000, 1000 + 250_000_000, 1000, 10 * GBIT)).get(0);

        assertThat(usage.currentUsed()).isEqualTo(125_000_000);
        assertThat(usage.totalAvailable()).isEqualTo(1_250_000_000);
        assertThat(usage.usagePercent()).isEqualTo(10);
        assertThat(usage.labels()).isEqualTo(Map.of("interface", "eth0"));
    }

    @Test
    void unknownSpeedIsTheSmallestUsualOneThatFitsWhatWasSeen() {
        assertThat(sample(line(1000, 62_501_000, 1000, 0)).get(0).usagePercent())
                .isEqualTo(50);
        ResourceUsage more =
                sample(line(2000, 62_501_000 + 625_000_000, 1000, 0)).get(0);
        assertThat(more.totalAvailable()).isEqualTo(1_250_000_000);
        assertThat(more.usagePercent()).isEqualTo(50);
        assertThat(sample(line(3000, 62_501_000 + 750_000_000, 1000, 0)).get(0).usagePercent())
                .isEqualTo(10);
    }

    @Test
    void countersThatWereResetGiveNoReading() {
        assertThat(sample(line(1000, 10, 10, GBIT))).isEmpty();
        assertThat(sample(line(2000, 20, 10, GBIT))).hasSize(1);
    }

    private List<ResourceUsage> sample(NetworkIF line) {
        lines.clear();
        lines.add(line);
        return interfaces.sample(Switchboard.NOW).stream()
                .map(ResourceUsage.class::cast)
                .toList();
    }

    private static NetworkIF line(long atMillis, long received, long sent, long speed) {
        return Fake.of(
                NetworkIF.class,
                Map.of(
                        "getName",
                        "eth0",
                        "getBytesRecv",
                        received,
                        "getBytesSent",
                        sent,
                        "getSpeed",
                        speed,
                        "getTimeStamp",
                        atMillis));
    }
}
