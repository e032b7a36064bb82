package io.tocsin.cli.bench;

import io.tocsin.model.Metric;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one would write for this one task by hand: look the limit of a series up, compare, remember what is above it. */
final class PlainLoop implements Contender {
    private final Map<String, Double> limits = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    @Override
    public void take(List<Metric> batch, Instant now) {
        for (Metric reading : batch) {
            Double limit = limits.get(reading.key());
            if (limit == null) {
                limit = (double) BenchRules.limit(BenchRules.METRICS.indexOf(reading.name()));
                limits.put(reading.key(), limit);
            }
            if (reading.value() > limit) {
                open.add(reading.key());
            } else {
                open.remove(reading.key());
            }
        }
    }

    /** The series that are above their limit. */
    Set<String> open() {
        return open;
    }
}
