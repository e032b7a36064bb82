package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.Result;
import java.util.List;

/** What is written of a list of durations. */
final class Quantiles {
    static final String P50 = "p50_ms";
    static final String P99 = "p99_ms";
    static final String MAX = "max_ms";

    private Quantiles() {}

    /** Median, 99 % and the longest, by the nearest rank; with fewer than a hundred the last two are one. */
    static Result of(List<Double> millis, Result result) {
        return millis.isEmpty()
                ? result
                : result.with(P50, at(millis, 0.5)).with(P99, at(millis, 0.99)).with(MAX, at(millis, 1));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static double at(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }
}
