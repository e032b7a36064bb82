package io.tocsin.model;

import java.util.Map;

/**
 * What an analysis of a component found.
 *
 * @param head what every message carries
 * @param component the component
 * @param analysisType what was looked for, such as {@code bottleneck_detection}
 * @param durationMs how long the analysis took, milliseconds; null if unknown
 * @param results free form: bottlenecks, recommendations, performance_score
 */
public record PerformanceAnalysis(
        Head head, String component, String analysisType, Double durationMs, Map<String, Object> results)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "performance_analysis";

    public PerformanceAnalysis {
        results = results == null ? Map.of() : Values.copy(results);
        head = head.keyed(TYPE, component, analysisType);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public PerformanceAnalysis with(Head head) {
        return new PerformanceAnalysis(head, component, analysisType, durationMs, results);
    }

    @Override
    public String subject() {
        return node() + "/" + component;
    }
}
