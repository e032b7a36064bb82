package io.tocsin.lane.record;

import io.tocsin.model.ClusterHealth;
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
import io.tocsin.model.Wire;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes messages of a batch: the number of the strand, when, and what is the message's own. */
final class TelemetryWriter {
    /** Seen when it was received. */
    static final int SEEN_AT_ONCE = 1;

    /** Received when the batch was put. */
    static final int PUT_AT_ONCE = 2;

    static final int NEVER_SEEN = 4;
    static final int STALE = 8;

    /** Received when the message before it was. */
    static final int WITH_THE_LAST = 16;

    private final Sink sink;
    private final Words words;
    private final Map<Strand, Integer> strands = new HashMap<>();
    private Instant last;

    TelemetryWriter(Sink sink, Words words) {
        this.sink = sink;
        this.words = words;
    }

    /** How many strands the file has. */
    int strands() {
        return strands.size();
    }

    void write(Telemetry telemetry, Instant put) {
        Strand strand = Strand.of(telemetry);
        Integer known = strands.putIfAbsent(strand, strands.size() + 1);
        sink.number(known == null ? 0 : known);
        if (known == null) {
            strand.write(sink, words);
        }
        head(telemetry.head(), put);
        own(strand.kind(), telemetry);
    }

    private void head(Head head, Instant put) {
        Instant received = head.receivedAt() == null ? put : head.receivedAt();
        Instant seen = head.timestamp();
        int flags = (received.equals(seen) ? SEEN_AT_ONCE : 0)
                | (received.equals(put) ? PUT_AT_ONCE : received.equals(last) ? WITH_THE_LAST : 0)
                | (seen == null ? NEVER_SEEN : 0)
                | (head.fresh() ? 0 : STALE);
        sink.one(flags);
        if ((flags & (PUT_AT_ONCE | WITH_THE_LAST)) == 0) {
            sink.near(received);
        }
        last = received;
        if ((flags & (SEEN_AT_ONCE | NEVER_SEEN)) == 0) {
            sink.near(seen);
        }
    }

    private void own(Kind kind, Telemetry telemetry) {
        switch (kind) {
            case RESOURCE_USAGE -> {
                ResourceUsage m = (ResourceUsage) telemetry;
                sink.figure(m.usagePercent());
                sink.optional(m.totalAvailable());
                sink.optional(m.currentUsed());
            }
            case METRIC -> sink.figure(((Metric) telemetry).value());
            case LATENCY -> {
                LatencyMetric m = (LatencyMetric) telemetry;
                sink.figure(m.latencyMs());
                sink.optional(m.sampleCount());
            }
            case THROUGHPUT -> {
                ThroughputMetric m = (ThroughputMetric) telemetry;
                sink.figure(m.ratePerSec());
                sink.optional(m.count());
                sink.optional(m.durationMs());
            }
            case TIMING -> sink.figure(((Timing) telemetry).durationMs());
            case METRIC_ALERT -> {
                MetricAlert m = (MetricAlert) telemetry;
                sink.figure(m.currentValue());
                sink.figure(m.thresholdValue());
                word(m.severity());
            }
            case HEALTH_CHECK -> {
                HealthCheck m = (HealthCheck) telemetry;
                word(m.result());
                sink.optional(m.durationMs());
                FreeForm.write(sink, words, m.details());
                text(m.error());
            }
            case COMPONENT_HEALTH -> {
                ComponentHealth m = (ComponentHealth) telemetry;
                word(m.status());
                FreeForm.write(sink, words, m.details());
                sink.any(m.lastCheck());
            }
            case CLUSTER_HEALTH -> health((ClusterHealth) telemetry);
            case SYSTEM_ALERT -> {
                ExternalAlert m = (ExternalAlert) telemetry;
                word(m.severity());
                text(m.message());
                FreeForm.write(sink, words, m.context());
            }
            case DEBUG_TRACE -> FreeForm.write(sink, words, ((DebugTrace) telemetry).data());
            case PERFORMANCE_ANALYSIS -> {
                PerformanceAnalysis m = (PerformanceAnalysis) telemetry;
                sink.optional(m.durationMs());
                FreeForm.write(sink, words, m.results());
            }
            case SYSTEM_STATE -> FreeForm.write(sink, words, ((SystemState) telemetry).stateData());
        }
    }

    private void health(ClusterHealth m) {
        word(m.status());
        sink.optional(m.healthyNodes() == null ? null : Long.valueOf(m.healthyNodes()));
        sink.optional(m.totalNodes() == null ? null : Long.valueOf(m.totalNodes()));
        names(m.degradedNodes());
        names(m.unhealthyNodes());
        word(m.quorumStatus());
        word(m.origin());
    }

    private void names(List<String> names) {
        sink.number(names.size());
        names.forEach(name -> words.write(sink, name));
    }

    private void word(Wire word) {
        words.write(sink, word == null ? null : word.wire());
    }

    private void text(String text) {
        sink.one(text == null ? 0 : 1);
        if (text != null) {
            sink.text(text);
        }
    }
}
