package io.tocsin.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final int SERIES = 1_000;

    @Test
    void everySeriesReportsOnceInTenSeconds() {
        Traffic traffic = new Traffic(SERIES);
        Map<String, Instant> last = new HashMap<>();
        for (int batch = 0; batch < 40; batch++) {
            for (Metric reading : traffic.next()) {
                Instant before = last.put(reading.key(), reading.receivedAt());
                if (before != null) {
                    assertThat(Duration.between(before, reading.receivedAt()))
                            .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(13));
                }
            }
        }
        assertThat(last).hasSize(SERIES);
    }

    @Test
    void oneReadingInAHundredCrosses() {
        Traffic traffic = new Traffic(SERIES);
        int crossing = 0;
        for (int batch = 0; batch < 400; batch++) {
            for (Metric reading : traffic.next()) {
                crossing += reading.value() > BenchRules.limit(BenchRules.METRICS.indexOf(reading.name())) ? 1 : 0;
            }
        }
        assertThat(crossing / (400.0 * Traffic.BATCH)).isBetween(0.009, 0.011);
    }

    @Test
    void wholeSessionAndPlainLoopSeeTheSame() {
        PlainLoop plain = new PlainLoop();
        try (RuleBook book = BenchRules.thresholds("warning", "0s").routed().compiled();
                WholeSession session = new WholeSession(book)) {
            Traffic one = new Traffic(SERIES);
            Traffic other = new Traffic(SERIES);
            for (int i = 0; i < 50; i++) {
                List<Metric> batch = one.next();
                session.take(batch, one.now());
                plain.take(other.next(), other.now());

                List<Alert> alerts = session.watch().alerts();
                assertThat(alerts.stream()
                                .map(alert -> "bench|metric|" + alert.node() + "|"
                                        + alert.alertType().replace("_high", "") + "|{}")
                                .collect(Collectors.toSet()))
                        .isEqualTo(plain.open());
            }
        }
    }
}
