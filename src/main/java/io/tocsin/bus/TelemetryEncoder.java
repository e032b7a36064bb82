package io.tocsin.bus;

import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.ExternalAlert;
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
import io.tocsin.model.Wire;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Each message type, written as it is on the wire. What is null is left out. */
final class TelemetryEncoder {
    private final JsonObject json = new JsonObject();

    private TelemetryEncoder() {}

    static JsonObject encode(Telemetry telemetry) {
        TelemetryEncoder encoder = new TelemetryEncoder();
        encoder.put("type", telemetry.type())
                .put("cluster", telemetry.cluster())
                .put("node", telemetry.node());
        encoder.own(telemetry);
        encoder.put("timestamp", Times.text(telemetry.timestamp()));
        if (!telemetry.labels().isEmpty()) {
            encoder.put("labels", sorted(telemetry.labels()));
        }
        encoder.put("ttl", Times.text(telemetry.head().ttl()));
        return encoder.json;
    }

    /** Labels in the same order every time. */
    static Map<String, Object> sorted(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }

    private TelemetryEncoder put(String field, Object value) {
        if (value != null) {
            json.put(field, value instanceof Wire word ? word.wire() : value);
        }
        return this;
    }

    private void own(Telemetry telemetry) {
        if (telemetry instanceof ResourceUsage m) {
            put("resource_type", m.resourceType()).put("usage_percent", m.usagePercent());
            put("total_available", m.totalAvailable()).put("current_used", m.currentUsed());
        } else if (telemetry instanceof Metric m) {
            put("name", m.name()).put("value", m.value());
        } else if (telemetry instanceof LatencyMetric m) {
            put("operation", m.operation()).put("latency_ms", m.latencyMs());
            put("percentile", m.percentile()).put("sample_count", m.sampleCount());
        } else if (telemetry instanceof ThroughputMetric m) {
            put("operation", m.operation()).put("count", m.count());
            put("duration_ms", m.durationMs()).put("rate_per_sec", m.ratePerSec());
        } else if (telemetry instanceof Timing m) {
            put("operation", m.operation()).put("duration_ms", m.durationMs());
        } else if (telemetry instanceof MetricAlert m) {
            put("metric_name", m.metricName()).put("current_value", m.currentValue());
            put("threshold_value", m.thresholdValue()).put("threshold_type", m.thresholdType());
            put("severity", m.severity());
        } else {
            health(telemetry);
        }
    }

    private void health(Telemetry telemetry) {
        if (telemetry instanceof HealthCheck m) {
            put("check_name", m.checkName()).put("result", m.result());
            put("duration_ms", m.durationMs()).put("details", m.details()).put("error", m.error());
        } else if (telemetry instanceof ComponentHealth m) {
            put("component", m.component()).put("status", m.status());
            put("details", m.details()).put("last_check", Times.text(m.lastCheck()));
        } else if (telemetry instanceof ClusterHealth m) {
            put("status", m.status()).put("healthy_nodes", m.healthyNodes()).put("total_nodes", m.totalNodes());
            put("degraded_nodes", m.degradedNodes()).put("unhealthy_nodes", m.unhealthyNodes());
            put("quorum_status", m.quorumStatus());
        } else {
            diagnostics(telemetry);
        }
    }

    private void diagnostics(Telemetry telemetry) {
        if (telemetry instanceof ExternalAlert m) {
            put("alert_type", m.alertType()).put("severity", m.severity());
            put("message", m.message()).put("context", m.context());
        } else if (telemetry instanceof DebugTrace m) {
            put("component", m.component()).put("trace_type", m.traceType()).put("data", m.data());
        } else if (telemetry instanceof PerformanceAnalysis m) {
            put("component", m.component()).put("analysis_type", m.analysisType());
            put("duration_ms", m.durationMs()).put("results", m.results());
        } else if (telemetry instanceof SystemState m) {
            put("snapshot_type", m.snapshotType()).put("state_data", m.stateData());
        }
    }
}
