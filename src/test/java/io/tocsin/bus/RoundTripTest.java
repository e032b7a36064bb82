package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.TelemetryJson.Format;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.LimitType;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.Origin;
import io.tocsin.model.Percentile;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.QuorumStatus;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.SystemState;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Timing;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final LifeJson STORED = new LifeJson();

    @Property(tries = 500)
    void whatIsEncodedIsDecodedToTheSame(@ForAll("telemetry") Telemetry telemetry) {
        byte[] body = TelemetryJson.encode(telemetry).encode().getBytes(StandardCharsets.UTF_8);
        assertThat(TelemetryJson.decode(body, Format.JSON, NOW, Limits.DEFAULT).accepted())
                .containsExactly(telemetry);
        JsonArray onTheBus = new JsonArray().add(TelemetryJson.encode(telemetry));
        assertThat(TelemetryJson.decode(onTheBus, NOW, Limits.DEFAULT).accepted())
                .containsExactly(telemetry);
        assertThat(STORED.telemetry(STORED.telemetry(telemetry))).isEqualTo(telemetry);
    }

    @Property(tries = 500)
    void timesAreReadAsTheyWereWritten(@ForAll("times") Instant time) {
        assertThat(Times.parse(Times.text(time))).isEqualTo(time);
    }

    @Property(tries = 500)
    void durationsAreReadAsTheyWereWritten(@ForAll("millis") long millis) {
        assertThat(Text.duration(Times.text(Duration.ofMillis(millis))).toMillis())
                .isEqualTo(millis);
    }

    @Provide
    Arbitrary<Long> millis() {
        return Arbitraries.longs().between(0, 200_000_000L);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, NOW.getEpochSecond()),
                        Arbitraries.of(0, 250_000_000, 123_000_000, 123_456_789))
                .as(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Telemetry> telemetry() {
        Arbitrary<Head> heads = heads("n1");
        Arbitrary<Double> any = Arbitraries.doubles().between(-1e12, 1e12);
        Arbitrary<Double> positive = Arbitraries.doubles().between(0, 1e9);
        Arbitrary<Double> maybe = positive.injectNull(0.3);
        Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0).injectNull(0.3);
        return Arbitraries.oneOf(List.of(
                Combinators.combine(heads, names(), any).as(Metric::new),
                Combinators.combine(heads, names(), positive).as(Timing::new),
                Combinators.combine(heads, names(), positive, Arbitraries.of(Percentile.class), count)
                        .as(LatencyMetric::new),
                Combinators.combine(heads, names(), count, maybe, positive).as(ThroughputMetric::new),
                Combinators.combine(
                                heads,
                                Arbitraries.of(ResourceType.class),
                                Arbitraries.doubles().between(0, 1000),
                                count,
                                count)
                        .as(ResourceUsage::new),
                Combinators.combine(
                                heads,
                                names(),
                                any,
                                any,
                                Arbitraries.of(LimitType.class),
                                Arbitraries.of(Severity.WARNING, Severity.CRITICAL))
                        .as(MetricAlert::new),
                Combinators.combine(
                                heads, names(), Arbitraries.of(HealthStatus.class), objects(), times().injectNull(0.5))
                        .as(ComponentHealth::new),
                Combinators.combine(
                                heads,
                                names(),
                                Arbitraries.of(CheckResult.class),
                                maybe,
                                objects(),
                                texts().injectNull(0.5))
                        .as(HealthCheck::new),
                Combinators.combine(heads, names(), names(), objects()).as(DebugTrace::new),
                Combinators.combine(heads, names(), objects()).as(SystemState::new),
                Combinators.combine(heads, names(), names(), maybe, objects()).as(PerformanceAnalysis::new),
                Combinators.combine(heads(null), names(), Arbitraries.of(Severity.class), texts(), objects())
                        .as(ExternalAlert::new),
                clusterHealth()));
    }

    private static Arbitrary<ClusterHealth> clusterHealth() {
        Arbitrary<List<String>> nodes = names().list().ofMaxSize(3);
        return Combinators.combine(
                        heads(null),
                        Arbitraries.of(HealthStatus.class),
                        Arbitraries.integers().between(0, 5).injectNull(0.3),
                        nodes,
                        nodes,
                        Arbitraries.of(QuorumStatus.class).injectNull(0.3))
                .as((head, status, count, poor, down, quorum) -> new ClusterHealth(
                        head, status, count, count == null ? null : 5, poor, down, quorum, Origin.RECEIVED));
    }

    private static Arbitrary<Head> heads(String node) {
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, NOW.toEpochMilli() + 300_000).map(Instant::ofEpochMilli);
        Arbitrary<Duration> ttls = Arbitraries.longs().between(1, 86_400_000).map(Duration::ofMillis);
        return Combinators.combine(
                        names(), times, Arbitraries.maps(names(), texts()).ofMaxSize(3), ttls)
                .as((cluster, time, labels, ttl) -> new Head(cluster, node, time, NOW, labels, ttl, true, null));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("|\\/\"é世 .")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> !name.isBlank());
    }

    /** Text as it is once it was made safe. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(30).map(Text::clean);
    }

    private static Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts().map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.of(true, false));
        Arbitrary<Object> values = Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(list -> list),
                () -> Arbitraries.maps(texts(), scalars).ofMaxSize(3).map(map -> map));
        // a store_id tells series apart and must be a name
        return Arbitraries.maps(texts().filter(key -> !key.equals("store_id")), values)
                .ofMaxSize(4);
    }
}
