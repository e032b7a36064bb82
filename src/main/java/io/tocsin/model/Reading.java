package io.tocsin.model;

/**
 * Telemetry that belongs to a series: the newest reading of each series is a fact that rules match, and it stays one,
 * with {@link #fresh} false, when its time to live is over.
 */
public sealed interface Reading extends Telemetry
        permits ComponentHealth,
                ClusterHealth,
                HealthCheck,
                ThroughputMetric,
                LatencyMetric,
                ResourceUsage,
                Metric,
                MetricAlert,
                PerformanceAnalysis,
                ExternalAlert {

    /** The same reading with another head. */
    Reading with(Head head);

    /** What an alert about this reading is about: the node and whatever tells its series apart. */
    String subject();

    /** The name under which a {@link Trend} of this series is asked for, or null when it has no figure. */
    default String metric() {
        return null;
    }

    /** The figure of this reading; NaN when it has none. */
    default double figure() {
        return Double.NaN;
    }

    /** The series key: equal for two readings of the same series. */
    default String key() {
        return head().key();
    }

    /** Whether its time to live still runs. */
    default boolean fresh() {
        return head().fresh();
    }
}
