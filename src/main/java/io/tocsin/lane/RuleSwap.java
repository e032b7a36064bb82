package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Brings the watches of one lane under new rules one after the other, so that telemetry of the others gets its turn in
 * between.
 *
 * <p>Timer: {@code tocsin_rules_pause_seconds}, for how long a monitored cluster was not evaluated.
 */
final class RuleSwap {
    private final Deque<String> left;
    private final MeterRegistry registry;
    private int changed;
    private int failed;
    private long longestNanos;

    RuleSwap(Collection<String> clusters, MeterRegistry registry) {
        this.left = new ArrayDeque<>(clusters);
        this.registry = registry;
    }

    /** The cluster whose turn it is; null if all had theirs. */
    String next() {
        return left.poll();
    }

    /** A watch is under the new rules. */
    void changed(long nanos) {
        changed++;
        longestNanos = Math.max(longestNanos, nanos);
        registry.timer("tocsin_rules_pause").record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A watch did not stand the change; it is taken up again from the store, under the new rules. */
    void failed() {
        failed++;
    }

    JsonObject result() {
        return new JsonObject().put("clusters", changed).put("failed", failed).put("pause_ms", longestNanos / 1e6);
    }
}
