package io.tocsin.cli.bench;

import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Readings as a site would send them: every series in turn, each once in ten seconds of its own time, one reading in a
 * hundred above its limit. Two with the same number of series give the same readings.
 */
final class Traffic {
    static final String CLUSTER = "bench";
    static final int BATCH = 256;
    static final Duration EVERY = Duration.ofSeconds(10);
    static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

    private static final Duration TTL = EVERY.multipliedBy(3);
    private static final int ONE_IN = 100;

    private final int series;
    private final String[] nodes;
    private final int batch;
    private final long batchNanos;
    private final SplittableRandom random = new SplittableRandom(7);
    private int next;
    private Instant now = BEGIN;

    Traffic(int series) {
        this.series = series;
        this.batch = Math.min(BATCH, series);
        this.batchNanos = EVERY.toNanos() * batch / series;
        this.nodes = new String[(series + BenchRules.COUNT - 1) / BenchRules.COUNT];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = String.format("node-%05d", i);
        }
    }

    /** The instant of the newest batch. */
    Instant now() {
        return now;
    }

    int series() {
        return series;
    }

    /** The next batch; a batch never holds a series twice. */
    List<Metric> next() {
        now = now.plusNanos(batchNanos);
        List<Metric> readings = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            readings.add(reading(next, TTL, random.nextInt(ONE_IN) == 0));
            next = next + 1 == series ? 0 : next + 1;
        }
        return readings;
    }

    /** A reading of one series at the present instant. */
    Metric reading(int number, Duration ttl, boolean crosses) {
        int metric = number % BenchRules.COUNT;
        double part = crosses ? 1 + random.nextDouble() / 4 : 0.5 + random.nextDouble() / 2;
        Head head = new Head(CLUSTER, nodes[number / BenchRules.COUNT], now, now, Map.of(), ttl, true, null);
        return new Metric(head, BenchRules.METRICS.get(metric), BenchRules.limit(metric) * part + (crosses ? 0.01 : 0));
    }

    /** Time passes without readings. */
    void wait(Duration time) {
        now = now.plus(time);
    }
}
