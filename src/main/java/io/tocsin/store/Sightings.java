package io.tocsin.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What this process saw of the others that share its store: since when each one's beat has stood still, by the clock of
 * this process alone. A time in which it did not look, because it was frozen or the store was away, says little of others
 * and counts for half the settle time at most. One thread looks, any may ask.
 */
final class Sightings {
    private final long settle;
    private final LongSupplier nanos;
    private volatile Look last;

    /** A row of a holder. */
    record Row(String name, long beat) {}

    /** A beat and since when it is known to stand still. */
    private record Still(long beat, long since) {}

    private record Look(Map<String, Still> seen, long ended) {}

    Sightings(Sharing sharing) {
        this.settle = sharing.settle().toNanos();
        this.nanos = sharing.nanos();
        this.last = new Look(Map.of(), nanos.getAsLong());
    }

    /** When a look begins, for {@link #saw}. */
    long now() {
        return nanos.getAsLong();
    }

    /** A look that began at an instant found these. */
    void saw(List<Row> rows, long begun) {
        long ended = nanos.getAsLong();
        Look before = last;
        Map<String, Still> seen = new HashMap<>();
        for (Row row : rows) {
            Still known = before.seen.get(row.name);
            boolean moved = known == null || known.beat != row.beat;
            seen.put(row.name, new Still(row.beat, moved ? ended : known.since + unseen(before, begun)));
        }
        last = new Look(Map.copyOf(seen), ended);
    }

    /** How much of the time since a look counts for nothing. */
    private long unseen(Look look, long now) {
        return Math.max(0, now - look.ended - settle / 2);
    }

    /** Whether a process is known not to have shown for the settle time that it lives; a process without a row is not. */
    boolean gone(String name) {
        Look look = last;
        Still still = look.seen.get(name);
        long now = nanos.getAsLong();
        return still != null && now - still.since - unseen(look, now) >= settle;
    }

    /** Those that show that they live, this process among them; nobody if it has not looked for the settle time. */
    Set<String> alive() {
        Look look = last;
        return nanos.getAsLong() - look.ended >= settle
                ? Set.of()
                : look.seen.keySet().stream().filter(name -> !gone(name)).collect(Collectors.toSet());
    }

    /** The beat that a process was last seen at; -1 if it had none. */
    long beat(String name) {
        Still still = last.seen.get(name);
        return still == null ? -1 : still.beat;
    }

    /** All that were seen, and for how long each has stood still. */
    List<Beat> beats(String me) {
        Look look = last;
        long now = nanos.getAsLong();
        List<Beat> beats = new ArrayList<>();
        look.seen.forEach((name, still) -> beats.add(
                new Beat(Holder.place(name), name.equals(me), Duration.ofNanos(Math.max(0, now - still.since)))));
        return beats;
    }
}
