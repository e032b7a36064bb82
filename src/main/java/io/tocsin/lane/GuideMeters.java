package io.tocsin.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.Reading;
import io.tocsin.model.ThroughputMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a lane's clusters are like, for dashboards: healthy and total nodes, and how components of nodes perform. Names of
 * clusters, nodes and components come from outside, so only so many are shown; what is left out is counted.
 */
final class GuideMeters {
    private static final int MOST_CLUSTERS = 200;
    private static final int MOST_FIGURES = 1000;

    /** A lane does not stand still for dashboards. */
    private static final int MOST_LOOKED_AT = 100_000;

    private static final String SCORE = "performance_score";

    private final MultiGauge healthy;
    private final MultiGauge total;
    private final MultiGauge performance;
    private final AtomicLong leftOut = new AtomicLong();

    GuideMeters(MeterRegistry registry, int lane) {
        String name = Integer.toString(lane);
        healthy = MultiGauge.builder("tocsin_healthy_nodes")
                .description("Healthy nodes of a monitored cluster")
                .register(registry);
        total = MultiGauge.builder("tocsin_total_nodes")
                .description("Nodes of a monitored cluster")
                .register(registry);
        performance = MultiGauge.builder("tocsin_performance")
                .description("The newest latency, rate or score of a component or operation of a node")
                .register(registry);
        registry.find("tocsin_performance_left_out").tag("lane", name).meters().forEach(registry::remove);
        Gauge.builder("tocsin_performance_left_out", leftOut, AtomicLong::get)
                .description("Figures and clusters that are not shown, as there are too many")
                .tag("lane", name)
                .register(registry);
    }

    void show(Collection<ClusterWatch> watches) {
        List<MultiGauge.Row<?>> up = new ArrayList<>();
        List<MultiGauge.Row<?>> all = new ArrayList<>();
        List<MultiGauge.Row<?>> figures = new ArrayList<>();
        long[] missing = new long[1];
        for (ClusterWatch watch : watches) {
            ClusterHealth health = watch.session().health();
            if (health != null && health.healthyNodes() != null && health.totalNodes() != null) {
                if (up.size() < MOST_CLUSTERS) {
                    Tags tags = Tags.of("cluster", watch.cluster());
                    up.add(MultiGauge.Row.of(tags, health.healthyNodes()));
                    all.add(MultiGauge.Row.of(tags, health.totalNodes()));
                } else {
                    missing[0]++;
                }
            }
            if (watch.session().size() <= MOST_LOOKED_AT) {
                watch.session().lookup().each(reading -> missing[0] += add(figures, reading));
            } else {
                missing[0] += watch.session().size();
            }
        }
        healthy.register(up, true);
        total.register(all, true);
        performance.register(figures, true);
        leftOut.set(missing[0]);
    }

    /** Returns 1 if there is no room for it. */
    private static int add(List<MultiGauge.Row<?>> figures, Reading reading) {
        double figure = figure(reading);
        if (!Double.isFinite(figure) || !reading.fresh()) {
            return 0;
        }
        if (figures.size() == MOST_FIGURES) {
            return 1;
        }
        figures.add(MultiGauge.Row.of(
                Tags.of("cluster", reading.cluster(), "node", reading.node())
                        .and("component", component(reading), "figure", name(reading)),
                figure));
        return 0;
    }

    private static double figure(Reading reading) {
        if (reading instanceof PerformanceAnalysis analysis) {
            return analysis.results().get(SCORE) instanceof Number score ? score.doubleValue() : Double.NaN;
        }
        return reading instanceof LatencyMetric || reading instanceof ThroughputMetric ? reading.figure() : Double.NaN;
    }

    private static String component(Reading reading) {
        if (reading instanceof PerformanceAnalysis analysis) {
            return analysis.component();
        }
        return reading instanceof LatencyMetric latency
                ? latency.operation()
                : ((ThroughputMetric) reading).operation();
    }

    private static String name(Reading reading) {
        if (reading instanceof PerformanceAnalysis analysis) {
            return analysis.analysisType() + " " + SCORE;
        }
        return reading instanceof LatencyMetric latency
                ? "latency_ms " + latency.percentile().wire()
                : "rate_per_sec";
    }
}
