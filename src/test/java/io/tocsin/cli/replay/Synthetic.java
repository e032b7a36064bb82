package io.tocsin.cli.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.Preamble;
import io.tocsin.lane.record.Recorder;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.lane.record.Tape;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.Percentile;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Telemetry;
import io.tocsin.store.Restored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A recording of a site that never was: nodes in some clusters report memory, cpu, latencies, checks and figures every ten
 * seconds; now and then a node's memory is full for some minutes.
 */
final class Synthetic {
    static final Instant BEGIN = Instant.parse("2026-01-05T03:00:00Z");
    private static final int EVERY_MS = 10_000;
    private static final int TICK_MS = 100;
    private static final int LANES = 2;
    private static final int FIGURES = 12;
    private static final Duration TTL = Duration.ofSeconds(30);

    private final int clusters;
    private final int nodes;
    private final SplittableRandom random = new SplittableRandom(11);
    private final int[] fullUntil;
    private long readings;

    /** So many clusters of so many nodes, each of which has 20 series. */
    Synthetic(int clusters, int nodes) {
        this.clusters = clusters;
        this.nodes = nodes;
        this.fullUntil = new int[clusters * nodes];
    }

    /** Records this long into a folder; how many readings it has. */
    long record(Path folder, Duration length) throws IOException {
        Preamble preamble = new Preamble(
                BEGIN, 1, "", TTL, Duration.ofHours(24), 1_000_000, Set.of("log", "slack", "pagerduty"), Map.of());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Recorder recorder =
                Recorder.start(new RecordingSettings(true, folder, 256, 100_000), preamble, registry)) {
            Tape[] lanes = new Tape[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] = recorder.tape(lane);
            }
            for (int cluster = 0; cluster < clusters; cluster++) {
                Restored nothing = new Restored(1, List.of(), Map.of(), List.of());
                int lane = cluster % LANES;
                lanes[lane].add(new Entry.Opened(lane, BEGIN, name(cluster), "", nothing, false, Map.of()));
            }
            for (int ms = TICK_MS; ms <= length.toMillis(); ms += TICK_MS) {
                Instant now = BEGIN.plusMillis(ms);
                for (int lane = 0; lane < LANES; lane++) {
                    lanes[lane].add(new Entry.Tick(lane, now));
                }
                for (int cluster = 0; cluster < clusters; cluster++) {
                    int lane = cluster % LANES;
                    List<Telemetry> batch = batch(cluster, ms, now.plusMillis(3 + cluster % 40));
                    if (!batch.isEmpty()) {
                        readings += batch.size();
                        lanes[lane].add(new Entry.Put(lane, now.plusMillis(45), name(cluster), batch));
                    }
                }
                while (registry.get("tocsin_recording_waiting").gauge().value() > 100_000) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        }
        return readings;
    }

    private static String name(int cluster) {
        return "site-" + cluster;
    }

    /** What the nodes report whose turn it is. */
    private List<Telemetry> batch(int cluster, int ms, Instant now) {
        List<Telemetry> batch = new ArrayList<>();
        int turns = EVERY_MS / TICK_MS;
        for (int node = ms / TICK_MS % turns; node < nodes; node += turns) {
            node(batch, cluster, node, ms, now);
        }
        return batch;
    }

    private void node(List<Telemetry> batch, int cluster, int node, int ms, Instant now) {
        String name = "n" + node;
        Head head = new Head(name(cluster), name, now.minusMillis(2), now, Map.of(), TTL, true, null);
        int number = cluster * nodes + node;
        if (ms > fullUntil[number] && random.nextInt(2000) == 0) {
            fullUntil[number] = ms + 30_000 + random.nextInt(1_200_000);
        }
        boolean full = ms <= fullUntil[number];
        double memory = full ? 86 + random.nextInt(80) / 10.0 : 40 + random.nextInt(400) / 10.0;
        batch.add(new ResourceUsage(head, ResourceType.MEMORY, memory, 16L << 30, (long) (memory * (16L << 30) / 100)));
        batch.add(new ResourceUsage(head, ResourceType.CPU, random.nextInt(700) / 10.0, null, null));
        for (String operation : List.of("read", "write")) {
            for (Percentile percentile : List.of(Percentile.P50, Percentile.P95)) {
                batch.add(new LatencyMetric(head, operation, 1 + random.nextDouble() * 20, percentile, 200L));
            }
        }
        for (String check : List.of("http", "disk")) {
            batch.add(new HealthCheck(head, check, CheckResult.PASS, random.nextDouble() * 40, Map.of(), null));
        }
        for (int figure = 0; figure < FIGURES; figure++) {
            batch.add(new Metric(head, "figure_" + figure, random.nextInt(100_000)));
        }
    }
}
