package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.lane.record.Pack;
import io.tocsin.lane.record.RecordingFault;
import io.tocsin.model.Reading;
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
import java.util.function.Consumer;

/**
 * Leaves the readings of a lane's clusters on the {@link Shelf}, about once a second and away from the lane, which only
 * notes what came in. Each owner has a place of its own there, by its epoch: one that stood still and writes late
 * overwrites nothing of the next.
 */
final class Mirrors {
    /** What waits at most for a shelf that is slow. */
    private static final int MOST_WAITING = 200_000;

    private final Shelf shelf;
    private final Duration staleAfter;
    private final WorkerExecutor worker;
    private final Counter dropped;
    private final Counter foreign;
    private final Map<String, Noted> noted = new HashMap<>();
    /** Used by the worker alone. */
    private final Map<String, Mirror> mirrors = new HashMap<>();

    private int waiting;
    private boolean writing;
    private boolean used;

    /** What is to be done to the mirror of a cluster, in order. */
    private static final class Noted {
        private final long epoch;
        private final List<Consumer<Mirror>> changes = new ArrayList<>();
        private int readings;

        private Noted(long epoch) {
            this.epoch = epoch;
        }
    }

    Mirrors(Vertx vertx, int lane, Shelf shelf, Duration staleAfter, MeterRegistry registry) {
        this.shelf = shelf;
        this.staleAfter = staleAfter;
        this.worker = vertx.createSharedWorkerExecutor("shelf-" + lane, 1);
        this.dropped = registry.counter("tocsin_shelf_dropped_total", "reason", "too many wait for the shelf");
        this.foreign = registry.counter("tocsin_shelf_dropped_total", "reason", "not packed by a member");
    }

    /** What the last owner left of a cluster. Blocks for a moment. */
    List<Telemetry> left(ClusterWatch watch) {
        // also who is alone by now may have lost others
        String cluster = watch.cluster();
        List<Telemetry> left = new ArrayList<>();
        for (byte[] block : shelf.read(cluster, watch.epoch())) {
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

    /** Whether the first other member came since this was last asked: nothing is on the shelf yet. */
    boolean joined() {
        boolean before = used;
        used = shelf.used();
        return used && !before;
    }

    /** This is all that is known of a cluster. */
    void known(ClusterWatch watch) {
        List<Reading> readings = watch.session().readings();
        noted(watch).changes.add(mirror -> mirror.only(readings));
    }

    /** These came in. */
    void note(ClusterWatch watch, List<? extends Telemetry> batch) {
        if (!shelf.used()) {
            return;
        }
        if (waiting + batch.size() > MOST_WAITING) {
            dropped.increment(batch.size());
            return;
        }
        waiting += batch.size();
        Noted note = noted(watch);
        note.readings += batch.size();
        note.changes.add(mirror -> mirror.add(batch));
    }

    private Noted noted(ClusterWatch watch) {
        return noted.computeIfAbsent(watch.cluster(), any -> new Noted(watch.epoch()));
    }

    /** These series are gone, which is written at once: the next owner would take them for what is so. */
    void forget(ClusterWatch watch, List<String> keys, Instant now) {
        if (!keys.isEmpty() && shelf.used()) {
            noted(watch).changes.add(mirror -> mirror.forget(keys));
            write(now);
        }
    }

    /** A watch is over; whoever is the next owner has what was written of it. */
    void drop(String cluster) {
        unnoted(cluster);
        worker.executeBlocking(() -> mirrors.remove(cluster));
    }

    private Noted unnoted(String cluster) {
        Noted note = noted.remove(cluster);
        if (note != null) {
            waiting -= note.readings;
        }
        return note;
    }

    /** Has what was noted written, unless that is under way still. */
    void write(Instant now) {
        if (writing || noted.isEmpty()) {
            return;
        }
        writing = true;
        Map<String, Noted> notes = new HashMap<>(noted);
        noted.clear();
        waiting = 0;
        worker.executeBlocking(() -> {
                    notes.forEach((cluster, note) -> write(cluster, note, now));
                    return null;
                })
                .onComplete(any -> writing = false);
    }

    private void write(String cluster, Noted note, Instant now) {
        Mirror mirror = mirrors.get(cluster);
        if (mirror == null || mirror.epoch() < note.epoch) {
            mirror = new Mirror(cluster, note.epoch, shelf, staleAfter);
            mirrors.put(cluster, mirror);
            shelf.clear(cluster, note.epoch);
        }
        if (mirror.epoch() == note.epoch) {
            for (Consumer<Mirror> change : note.changes) {
                change.accept(mirror);
            }
            mirror.write(now);
        }
    }

    /** Writes the last of a cluster that others will have; succeeds when the next owner may read it. */
    Future<Void> leave(String cluster, Instant now) {
        Noted note = unnoted(cluster);
        if (!shelf.used()) {
            return Future.succeededFuture();
        }
        return worker.executeBlocking(() -> {
            if (note != null) {
                write(cluster, note, now);
            } else if (mirrors.containsKey(cluster)) {
                mirrors.get(cluster).write(now);
            }
            mirrors.remove(cluster);
            return null;
        });
    }
}
