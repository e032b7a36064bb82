package io.tocsin.lane.record;

import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.ExternalAlert;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.SystemState;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Timing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What messages of one source have in common; written once a file, so that each message holds little more than its figures.
 *
 * @param kind the message type
 * @param cluster the monitored cluster
 * @param node the node; may be null
 * @param labels the labels
 * @param ttl the time to live; may be null
 * @param name what is looked at: component, check, operation, metric; may be null
 * @param part a part of it: percentile, store, kind of trace, side of the limit; may be null
 */
record Strand(
        Kind kind, String cluster, String node, Map<String, String> labels, Duration ttl, String name, String part) {

    static Strand of(Telemetry telemetry) {
        Head head = telemetry.head();
        Kind kind = Kind.of(telemetry);
        String name = null;
        String part = null;
        switch (kind) {
            case RESOURCE_USAGE ->
                name = ((ResourceUsage) telemetry).resourceType().wire();
            case METRIC -> name = ((Metric) telemetry).name();
            case LATENCY -> {
                name = ((LatencyMetric) telemetry).operation();
                part = ((LatencyMetric) telemetry).percentile().wire();
            }
            case THROUGHPUT -> name = ((ThroughputMetric) telemetry).operation();
            case TIMING -> name = ((Timing) telemetry).operation();
            case METRIC_ALERT -> {
                name = ((MetricAlert) telemetry).metricName();
                part = ((MetricAlert) telemetry).thresholdType().wire();
            }
            case HEALTH_CHECK -> name = ((HealthCheck) telemetry).checkName();
            case COMPONENT_HEALTH -> {
                name = ((ComponentHealth) telemetry).component();
                part = ((ComponentHealth) telemetry).storeId();
            }
            case CLUSTER_HEALTH -> name = null;
            case SYSTEM_ALERT -> name = ((ExternalAlert) telemetry).alertType();
            case DEBUG_TRACE -> {
                name = ((DebugTrace) telemetry).component();
                part = ((DebugTrace) telemetry).traceType();
            }
            case PERFORMANCE_ANALYSIS -> {
                name = ((PerformanceAnalysis) telemetry).component();
                part = ((PerformanceAnalysis) telemetry).analysisType();
            }
            case SYSTEM_STATE -> name = ((SystemState) telemetry).snapshotType();
        }
        return new Strand(kind, head.cluster(), head.node(), head.labels(), head.ttl(), name, part);
    }

    void write(Sink sink, Words words) {
        sink.one(kind.ordinal());
        words.write(sink, cluster);
        words.write(sink, node);
        sink.number(labels.size());
        labels.forEach((label, value) -> {
            words.write(sink, label);
            words.write(sink, value);
        });
        sink.optional(ttl == null ? null : Long.valueOf(ttl.toMillis()));
        words.write(sink, name);
        words.write(sink, part);
    }

    static Strand read(Source source, Words words) {
        Kind kind = Kind.of(source.one());
        String cluster = words.read(source);
        String node = words.read(source);
        Map<String, String> labels = new HashMap<>();
        for (int left = source.count(); left > 0; left--) {
            labels.put(words.read(source), words.read(source));
        }
        Long ttl = source.optionalLong();
        return new Strand(
                kind,
                cluster,
                node,
                Map.copyOf(labels),
                ttl == null ? null : Duration.ofMillis(ttl),
                words.read(source),
                words.read(source));
    }
}
