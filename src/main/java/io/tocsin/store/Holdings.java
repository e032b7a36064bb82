package io.tocsin.store;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who holds which cluster, as last seen; asking never touches the database. */
final class Holdings {
    private static final String OWNERS =
            "SELECT cluster, epoch, CASE WHEN released = 1 THEN NULL ELSE holder END FROM owner";

    final Sharing sharing;
    final Sightings sightings;
    private final Reader reader;
    /** By cluster; the holder's name. */
    private final Map<String, Row> seen = new ConcurrentHashMap<>();

    private volatile CompletionStage<?> reading = CompletableFuture.completedFuture(null);

    private record Row(String cluster, long epoch, String holder) {}

    Holdings(Sharing sharing, Reader reader) {
        this.sharing = sharing;
        this.sightings = new Sightings(sharing);
        this.reader = reader;
    }

    /** Reads them, unless that is being done already. */
    CompletionStage<?> look() {
        if (reading.toCompletableFuture().isDone()) {
            reading = reader.later(
                            "reading who holds the clusters",
                            h -> h.createQuery(OWNERS)
                                    .map((row, context) -> new Row(row.getString(1), row.getLong(2), row.getString(3)))
                                    .list())
                    .thenAccept(rows -> rows.forEach(this::saw));
        }
        return reading;
    }

    /** What was read before a claim of ours and comes after it must not hide it. */
    private void saw(Row row) {
        seen.merge(row.cluster, row, (before, now) -> now.epoch >= before.epoch ? now : before);
    }

    /** This process has claimed a cluster. */
    void claimed(String cluster, long epoch) {
        saw(new Row(cluster, epoch, sharing.me().name()));
    }

    /** This process has given a cluster back. */
    void released(String cluster, long epoch) {
        seen.computeIfPresent(cluster, (name, row) -> row.epoch == epoch ? new Row(name, epoch, null) : row);
    }

    /** By cluster. */
    Map<String, Held> all() {
        return seen.values().stream().collect(Collectors.toMap(Row::cluster, this::held));
    }

    private Held held(Row row) {
        boolean nobody = row.holder == null
                || sightings.gone(row.holder) && !row.holder.equals(sharing.me().name());
        return new Held(nobody ? null : Holder.place(row.holder), row.epoch);
    }
}
