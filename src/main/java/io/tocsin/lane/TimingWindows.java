package io.tocsin.lane;

import io.tocsin.model.Head;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Percentile;
import io.tocsin.model.Reading;
import io.tocsin.model.ThroughputMetric;
import io.tocsin.model.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Makes throughput and latency of raw timings, per node and operation, in windows of ten seconds. */
final class TimingWindows {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int MOST_OPERATIONS = 10_000;
    private static final long LONGEST_MICROS = Duration.ofHours(24).toNanos() / 1000;

    private final Map<String, Window> windows = new LinkedHashMap<>();
    private Instant end;

    private static final class Window {
        private final Timing like;
        private final Histogram micros = new Histogram(3);

        private Window(Timing like) {
            this.like = like;
            micros.setAutoResize(true);
        }
    }

    /** Counts a duration; whether there was room for its operation. */
    boolean add(Timing timing, Instant now) {
        if (end == null) {
            long width = WINDOW.toMillis();
            end = Instant.ofEpochMilli((now.toEpochMilli() / width + 1) * width);
        }
        String name = timing.node() + "|" + timing.operation();
        if (windows.size() >= MOST_OPERATIONS && !windows.containsKey(name)) {
            return false;
        }
        Window window = windows.computeIfAbsent(name, key -> new Window(timing));
        window.micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, Math.round(timing.durationMs() * 1000))));
        return true;
    }

    /** When the window ends; null while there is none. */
    Instant next() {
        return end;
    }

    /** The readings of the window, if it is over. */
    List<Reading> due(Instant now) {
        if (end == null || end.isAfter(now)) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>();
        windows.values().forEach(window -> read(window, readings));
        windows.clear();
        end = null;
        return readings;
    }

    private void read(Window window, List<Reading> readings) {
        Timing like = window.like;
        Head head = new Head(like.cluster(), like.node(), end, end, Map.of(), WINDOW.multipliedBy(3), true, null);
        Histogram micros = window.micros;
        long count = micros.getTotalCount();
        double seconds = WINDOW.toMillis() / 1000.0;
        readings.add(new ThroughputMetric(head, like.operation(), count, (double) WINDOW.toMillis(), count / seconds));
        for (Percentile percentile : Percentile.values()) {
            double value = switch (percentile) {
                case P50 -> micros.getValueAtPercentile(50);
                case P95 -> micros.getValueAtPercentile(95);
                case P99 -> micros.getValueAtPercentile(99);
                case MAX -> micros.getMaxValue();
                case MIN -> micros.getMinValue();
                case AVG -> micros.getMean();
            };
            readings.add(new LatencyMetric(head, like.operation(), value / 1000.0, percentile, count));
        }
    }
}
