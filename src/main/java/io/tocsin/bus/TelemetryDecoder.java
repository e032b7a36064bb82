package io.tocsin.bus;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields of each message type, read into its record. */
final class TelemetryDecoder {
    /** Reads what is a type's own. */
    interface Type {
        Telemetry read(Fields fields, Head head);
    }

    /** Every type by its name on the wire. */
    static final Map<String, Type> TYPES = types();

    private static final double ANY = Double.NEGATIVE_INFINITY;
    private static final double ENDLESS = Double.POSITIVE_INFINITY;

    private static final Words<HealthStatus> STATUS = Words.of(HealthStatus.values());
    private static final Words<QuorumStatus> QUORUM = Words.of(QuorumStatus.values());
    private static final Words<Origin> ORIGIN = Words.of(Origin.values());
    private static final Words<CheckResult> RESULT = Words.of(CheckResult.values());
    private static final Words<Percentile> PERCENTILE = Words.of(Percentile.values());
    private static final Words<ResourceType> RESOURCE = Words.of(ResourceType.values());
    private static final Words<LimitType> LIMIT_TYPE = Words.of(LimitType.values());
    private static final Words<Severity> SEVERITY = Words.of(Severity.values());
    private static final Words<Severity> CROSSED = Words.of(Severity.WARNING, Severity.CRITICAL);

    private static final Set<String> COMPONENT_HEALTH = known("component", "status", "details", "last_check");
    private static final Set<String> HEALTH_CHECK = known("check_name", "result", "duration_ms", "details", "error");
    private static final Set<String> SYSTEM_ALERT = known("alert_type", "severity", "message", "context");
    private static final Set<String> DEBUG_TRACE = known("component", "trace_type", "data");
    private static final Set<String> ANALYSIS = known("component", "analysis_type", "duration_ms", "results");
    private static final Set<String> SYSTEM_STATE = known("snapshot_type", "state_data");

    private TelemetryDecoder() {}

    private static Map<String, Type> types() {
        Map<String, Type> types = new LinkedHashMap<>();
        types.put(ComponentHealth.TYPE, TelemetryDecoder::componentHealth);
        types.put(ClusterHealth.TYPE, TelemetryDecoder::clusterHealth);
        types.put(HealthCheck.TYPE, TelemetryDecoder::healthCheck);
        types.put(ThroughputMetric.TYPE, TelemetryDecoder::throughput);
        types.put(LatencyMetric.TYPE, TelemetryDecoder::latency);
        types.put(ResourceUsage.TYPE, TelemetryDecoder::resourceUsage);
        types.put(Metric.TYPE, (f, head) -> new Metric(head, f.name("name"), f.number("value", ANY, ENDLESS)));
        types.put(MetricAlert.TYPE, TelemetryDecoder::metricAlert);
        types.put(Timing.TYPE, (f, head) -> new Timing(head, f.name("operation"), f.number("duration_ms", 0, ENDLESS)));
        types.put(ExternalAlert.TYPE, TelemetryDecoder::systemAlert);
        types.put(
                DebugTrace.TYPE,
                (f, head) ->
                        new DebugTrace(head, f.name("component"), f.name("trace_type"), f.free("data", DEBUG_TRACE)));
        types.put(PerformanceAnalysis.TYPE, TelemetryDecoder::analysis);
        types.put(
                SystemState.TYPE,
                (f, head) -> new SystemState(head, f.name("snapshot_type"), f.free("state_data", SYSTEM_STATE)));
        return types;
    }

    private static Set<String> known(String... own) {
        Set<String> known = new TreeSet<>(List.of(own));
        known.addAll(List.of("type", "cluster", "node", "timestamp", "labels", "ttl"));
        return Set.copyOf(known);
    }

    private static ComponentHealth componentHealth(Fields f, Head head) {
        String component = f.name("component");
        HealthStatus status = f.word("status", STATUS);
        Map<String, Object> details = f.free("details", COMPONENT_HEALTH);
        f.seriesPart("details.store_id", details.get("store_id"));
        return new ComponentHealth(head, component, status, details, f.time("last_check"));
    }

    private static ClusterHealth clusterHealth(Fields f, Head head) {
        Integer healthy = f.integer("healthy_nodes");
        Integer total = f.integer("total_nodes");
        if (healthy != null && total != null && healthy > total) {
            throw f.wrong("healthy_nodes", "at most total_nodes, " + total);
        }
        return new ClusterHealth(
                head,
                f.word("status", STATUS),
                healthy,
                total,
                f.names("degraded_nodes"),
                f.names("unhealthy_nodes"),
                f.word("quorum_status", QUORUM, null),
                f.own("origin", ORIGIN, Origin.RECEIVED));
    }

    private static HealthCheck healthCheck(Fields f, Head head) {
        return new HealthCheck(
                head,
                f.name("check_name"),
                f.word("result", RESULT),
                f.numberOrNull("duration_ms", 0, ENDLESS),
                f.free("details", HEALTH_CHECK),
                f.text("error"));
    }

    private static ThroughputMetric throughput(Fields f, Head head) {
        String operation = f.name("operation");
        Long count = f.count("count", Long.MAX_VALUE);
        Double durationMs = f.numberOrNull("duration_ms", 0, ENDLESS);
        Double rate = f.numberOrNull("rate_per_sec", 0, ENDLESS);
        if (rate == null) {
            if (count == null || durationMs == null) {
                throw f.wrong("rate_per_sec", "a number of at least 0, or count and duration_ms");
            }
            rate = count * 1000.0 / durationMs;
            if (durationMs <= 0 || !Double.isFinite(rate)) {
                throw f.wrong("duration_ms", "a number above 0 to work out rate_per_sec with");
            }
        }
        return new ThroughputMetric(head, operation, count, durationMs, rate);
    }

    private static LatencyMetric latency(Fields f, Head head) {
        return new LatencyMetric(
                head,
                f.name("operation"),
                f.number("latency_ms", 0, ENDLESS),
                f.word("percentile", PERCENTILE),
                f.count("sample_count", Long.MAX_VALUE));
    }

    private static ResourceUsage resourceUsage(Fields f, Head head) {
        return new ResourceUsage(
                head,
                f.word("resource_type", RESOURCE),
                f.number("usage_percent", 0, 1000),
                f.count("total_available", Long.MAX_VALUE),
                f.count("current_used", Long.MAX_VALUE));
    }

    private static MetricAlert metricAlert(Fields f, Head head) {
        return new MetricAlert(
                head,
                f.name("metric_name"),
                f.number("current_value", ANY, ENDLESS),
                f.number("threshold_value", ANY, ENDLESS),
                f.word("threshold_type", LIMIT_TYPE, LimitType.MAX),
                f.word("severity", CROSSED, Severity.WARNING));
    }

    private static ExternalAlert systemAlert(Fields f, Head head) {
        String alertType = f.name("alert_type");
        Severity severity = f.word("severity", SEVERITY);
        String message = f.text("message");
        return new ExternalAlert(
                head, alertType, severity, message == null ? alertType : message, f.free("context", SYSTEM_ALERT));
    }

    private static PerformanceAnalysis analysis(Fields f, Head head) {
        return new PerformanceAnalysis(
                head,
                f.name("component"),
                f.name("analysis_type"),
                f.numberOrNull("duration_ms", 0, ENDLESS),
                f.free("results", ANALYSIS));
    }
}
