package io.tocsin.lane.record;

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
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Timing;
import io.tocsin.model.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link TelemetryWriter} wrote. */
final class TelemetryReader {
    private static final Map<String, ResourceType> RESOURCE = byWire(ResourceType.values());
    private static final Map<String, Percentile> PERCENTILE = byWire(Percentile.values());
    private static final Map<String, LimitType> LIMIT_TYPE = byWire(LimitType.values());
    private static final Map<String, Severity> SEVERITY = byWire(Severity.values());
    private static final Map<String, CheckResult> RESULT = byWire(CheckResult.values());
    private static final Map<String, HealthStatus> STATUS = byWire(HealthStatus.values());
    private static final Map<String, QuorumStatus> QUORUM = byWire(QuorumStatus.values());
    private static final Map<String, Origin> ORIGIN = byWire(Origin.values());

    /** A strand with the series key that its messages share, and its words as what they stand for. */
    private static final class Known {
        private final Strand strand;
        private final Enum<?> word;
        private String key;

        private Known(Strand strand) {
            this.strand = strand;
            this.word = switch (strand.kind()) {
                case RESOURCE_USAGE -> word(RESOURCE, strand.name());
                case LATENCY -> word(PERCENTILE, strand.part());
                case METRIC_ALERT -> word(LIMIT_TYPE, strand.part());
                default -> null;
            };
        }
    }

    private final Source source;
    private final Words words;
    private final List<Known> strands = new ArrayList<>();
    private Instant last;

    TelemetryReader(Source source, Words words) {
        this.source = source;
        this.words = words;
    }

    private static <E extends Enum<E> & Wire> Map<String, E> byWire(E[] all) {
        Map<String, E> words = new HashMap<>();
        for (E each : all) {
            words.put(each.wire(), each);
        }
        return words;
    }

    private static <E> E word(Map<String, E> words, String word) {
        E found = words.get(word);
        if (found == null && word != null) {
            throw new IllegalStateException("the word " + word + " is not known");
        }
        return found;
    }

    private <E> E word(Map<String, E> choice) {
        return word(choice, words.read(source));
    }

    Telemetry read(Instant put) {
        long number = source.number();
        if (number > strands.size() || number < 0) {
            throw new IllegalStateException("a series is used before it is written");
        }
        if (number == 0) {
            strands.add(new Known(Strand.read(source, words)));
        }
        Known known = strands.get(number == 0 ? strands.size() - 1 : (int) number - 1);
        Telemetry telemetry = own(known, head(known, put));
        if (known.key == null) {
            known.key = telemetry.head().key();
        }
        return telemetry;
    }

    private Head head(Known known, Instant put) {
        int flags = source.one();
        Instant received = (flags & TelemetryWriter.PUT_AT_ONCE) != 0
                ? put
                : (flags & TelemetryWriter.WITH_THE_LAST) != 0 ? last : source.near();
        last = received;
        Instant seen = (flags & TelemetryWriter.SEEN_AT_ONCE) != 0
                ? received
                : (flags & TelemetryWriter.NEVER_SEEN) != 0 ? null : source.near();
        Strand strand = known.strand;
        return new Head(
                strand.cluster(),
                strand.node(),
                seen,
                received,
                strand.labels(),
                strand.ttl(),
                (flags & TelemetryWriter.STALE) == 0,
                known.key);
    }

    private Telemetry own(Known known, Head head) {
        Strand strand = known.strand;
        String name = strand.name();
        return switch (strand.kind()) {
            case RESOURCE_USAGE ->
                new ResourceUsage(
                        head, (ResourceType) known.word, source.figure(), source.optionalLong(), source.optionalLong());
            case METRIC -> new Metric(head, name, source.figure());
            case LATENCY ->
                new LatencyMetric(head, name, source.figure(), (Percentile) known.word, source.optionalLong());
            case THROUGHPUT -> throughput(head, name);
            case TIMING -> new Timing(head, name, source.figure());
            case METRIC_ALERT ->
                new MetricAlert(head, name, source.figure(), source.figure(), (LimitType) known.word, word(SEVERITY));
            case HEALTH_CHECK -> new HealthCheck(head, name, word(RESULT), source.optionalFigure(), freeForm(), text());
            case COMPONENT_HEALTH -> new ComponentHealth(head, name, word(STATUS), freeForm(), source.any());
            case CLUSTER_HEALTH ->
                new ClusterHealth(
                        head, word(STATUS), integer(), integer(), names(), names(), word(QUORUM), word(ORIGIN));
            case SYSTEM_ALERT -> new ExternalAlert(head, name, word(SEVERITY), text(), freeForm());
            case DEBUG_TRACE -> new DebugTrace(head, name, strand.part(), freeForm());
            case PERFORMANCE_ANALYSIS ->
                new PerformanceAnalysis(head, name, strand.part(), source.optionalFigure(), freeForm());
            case SYSTEM_STATE -> new SystemState(head, name, freeForm());
        };
    }

    private ThroughputMetric throughput(Head head, String name) {
        double rate = source.figure();
        return new ThroughputMetric(head, name, source.optionalLong(), source.optionalFigure(), rate);
    }

    private Map<String, Object> freeForm() {
        return FreeForm.read(source, words);
    }

    private Integer integer() {
        Long value = source.optionalLong();
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            names.add(words.read(source));
        }
        return names;
    }

    private String text() {
        return source.one() == 0 ? null : source.text();
    }
}
