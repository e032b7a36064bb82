package io.tocsin.lane.record;

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
import java.util.HashMap;
import java.util.Map;

/** The message types by their number in a recording: the place here, so new ones go to the end. */
enum Kind {
    RESOURCE_USAGE(ResourceUsage.class),
    METRIC(Metric.class),
    LATENCY(LatencyMetric.class),
    THROUGHPUT(ThroughputMetric.class),
    TIMING(Timing.class),
    METRIC_ALERT(MetricAlert.class),
    HEALTH_CHECK(HealthCheck.class),
    COMPONENT_HEALTH(ComponentHealth.class),
    CLUSTER_HEALTH(ClusterHealth.class),
    SYSTEM_ALERT(ExternalAlert.class),
    DEBUG_TRACE(DebugTrace.class),
    PERFORMANCE_ANALYSIS(PerformanceAnalysis.class),
    SYSTEM_STATE(SystemState.class);

    private static final Map<Class<?>, Kind> BY_TYPE = byType();
    private static final Kind[] ALL = values();

    private final Class<? extends Telemetry> type;

    Kind(Class<? extends Telemetry> type) {
        this.type = type;
    }

    private static Map<Class<?>, Kind> byType() {
        Map<Class<?>, Kind> kinds = new HashMap<>();
        for (Kind kind : values()) {
            kinds.put(kind.type, kind);
        }
        return kinds;
    }

    static Kind of(Telemetry telemetry) {
        return BY_TYPE.get(telemetry.getClass());
    }

    static Kind of(int number) {
        if (number >= ALL.length) {
            throw new IllegalStateException("a message type of number " + number + " is not known");
        }
        return ALL[number];
    }
}
