package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.lane.record.Pack;
import io.tocsin.lane.record.RecordingFault;
import io.tocsin.model.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves the readings of a lane's clusters on the {@link Shelf}, about once a second and away from the lane, which only
 * notes what came in.
 */
final class Mirrors {
    /** What waits at most for a shelf that is slow. */
    private static final int MOST_WAITING = 200_000;

    private final Shelf shelf;
    private final Duration staleAfter;
    private final WorkerExecutor worker;
    private final Counter dropped;
    private final Counter foreign;
    private final Map<String, List<List<? extends Telemetry>>> noted = new HashMap<>();
    /** Used by the worker alone. */
    private final Map<String, Mirror> mirrors = new HashMap<>();

    private int waiting;
    private boolean writing;

    Mirrors(Vertx vertx, int lane, Shelf shelf, Duration staleAfter, MeterRegistry registry) {
        this.shelf = shelf;
        this.staleAfter = staleAfter;
        this.worker = vertx.createSharedWorkerExecutor("shelf-" + lane, 1);
        this.dropped = registry.counter("tocsin_shelf_dropped_total", "reason", "too many wait for the shelf");
        this.foreign = registry.counter("tocsin_shelf_dropped_total", "reason", "not packed by a member");
    }

    /** What the last owner left of a cluster. Blocks for a moment. */
    List<Telemetry> left(String cluster) {
        if (!shelf.used()) {
            return List.of();
        }
        List<Telemetry> left = new ArrayList<>();
        for (byte[] block : shelf.read(cluster)) {
            try {
                Pack.read(block).stream()
                        .filter(one -> one.cluster().equals(cluster))
                        .forEach(left::add);
            } catch (RecordingFault notOurs) {
                foreign.increment();
            }
        }
        return left;
    }

    /** These came in. */
    void note(String cluster, List<? extends Telemetry> batch) {
        if (!shelf.used()) {
            return;
        }
        if (waiting + batch.size() > MOST_WAITING) {
            dropped.increment(batch.size());
            return;
        }
        waiting += batch.size();
        noted.computeIfAbsent(cluster, any -> new ArrayList<>()).add(batch);
    }

    /** Has what was noted written, unless that is under way still. */
    void write(Instant now) {
        if (writing || noted.isEmpty()) {
            return;
        }
        writing = true;
        Map<String, List<List<? extends Telemetry>>> batches = new HashMap<>(noted);
        noted.clear();
        waiting = 0;
        worker.executeBlocking(() -> {
                    batches.forEach((cluster, list) -> write(cluster, list, now));
                    return null;
                })
                .onComplete(any -> writing = false);
    }

    private void write(String cluster, List<List<? extends Telemetry>> batches, Instant now) {
        Mirror mirror = mirrors.computeIfAbsent(cluster, any -> new Mirror(cluster, shelf, staleAfter));
        batches.forEach(mirror::add);
        mirror.write(now);
    }

    /** Writes the last of a cluster that others will have; succeeds when the next owner may read it. */
    Future<Void> leave(String cluster, Instant now) {
        List<List<? extends Telemetry>> batches = noted.remove(cluster);
        if (batches != null) {
            waiting -= batches.stream().mapToInt(List::size).sum();
        }
        if (!shelf.used()) {
            return Future.succeededFuture();
        }
        return worker.executeBlocking(() -> {
            write(cluster, batches == null ? List.of() : batches, now);
            mirrors.remove(cluster);
            return null;
        });
    }
}
