package io.tocsin.store;

import io.tocsin.store.Claims.Thing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who holds which cluster and which receiver, as last seen; asking never touches the database. */
final class Holdings {
    final Sharing sharing;
    final Sightings sightings;
    private final Reader reader;
    private final Map<Thing, Map<String, Row>> seen = new EnumMap<>(Thing.class);

    private volatile CompletionStage<?> reading = CompletableFuture.completedFuture(null);

    private record Row(String name, long epoch, String holder) {}

    Holdings(Sharing sharing, Reader reader) {
        this.sharing = sharing;
        this.sightings = new Sightings(sharing);
        this.reader = reader;
        for (Thing thing : Thing.values()) {
            seen.put(thing, new ConcurrentHashMap<>());
        }
    }

    /** Reads them, unless that is being done already. */
    CompletionStage<?> look() {
        if (reading.toCompletableFuture().isDone()) {
            reading = reader.later("reading who holds the clusters and receivers", this::read)
                    .thenAccept(all -> all.forEach((thing, rows) -> rows.forEach(row -> saw(thing, row))));
        }
        return reading;
    }

    private Map<Thing, List<Row>> read(Handle handle) {
        Map<Thing, List<Row>> all = new EnumMap<>(Thing.class);
        for (Thing thing : Thing.values()) {
            all.put(
                    thing,
                    handle.createQuery(thing.all())
                            .map((row, context) -> new Row(row.getString(1), row.getLong(2), row.getString(3)))
                            .list());
        }
        return all;
    }

    /** What was read before a claim of ours and comes after it must not hide it. */
    private void saw(Thing thing, Row row) {
        seen.get(thing).merge(row.name, row, (before, now) -> now.epoch >= before.epoch ? now : before);
    }

    /** This process has claimed something. */
    void claimed(Thing thing, String name, long epoch) {
        saw(thing, new Row(name, epoch, sharing.me().name()));
    }

    /** This process has given something back. */
    void released(Thing thing, String name, long epoch) {
        seen.get(thing).computeIfPresent(name, (any, row) -> row.epoch == epoch ? new Row(name, epoch, null) : row);
    }

    /** By the name of what is held. */
    Map<String, Held> all(Thing thing) {
        return seen.get(thing).values().stream().collect(Collectors.toMap(Row::name, this::held));
    }

    private Held held(Row row) {
        boolean nobody = row.holder == null
                || sightings.gone(row.holder) && !row.holder.equals(sharing.me().name());
        return new Held(nobody ? null : Holder.place(row.holder), row.epoch);
    }

    /** Who shows that it lives, as last seen; nobody where this process is the only one. */
    List<Beat> beats() {
        return sharing.alone() ? List.of() : sightings.beats(sharing.me().name());
    }
}
