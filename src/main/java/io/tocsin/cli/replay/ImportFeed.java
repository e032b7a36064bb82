package io.tocsin.cli.replay;

import io.tocsin.lane.record.Entry;
import io.tocsin.lane.record.Preamble;
import io.tocsin.model.Telemetry;
import io.tocsin.store.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody's own past as if it had been recorded: received when it was seen, a tick every second. */
final class ImportFeed implements Feed {
    private static final Duration STALE_AFTER = Duration.ofHours(24);
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final int MOST_SERIES = 10_000_000;
    private static final int MOST_ENTRIES = 4096;
    private static final int LARGEST_BATCH = 10_000;

    private final Imported imported;
    private final List<Telemetry> messages;
    private final Set<String> receivers;
    private int next;
    private Instant now;

    ImportFeed(Imported imported, Set<String> receivers) {
        this.imported = imported;
        this.messages = imported.inOrder();
        this.receivers = receivers;
        if (messages.isEmpty()) {
            throw new ReplayFault("there is no reading in the files" + notesInBrackets());
        }
    }

    private String notesInBrackets() {
        return imported.notes().isEmpty() ? "" : " (" + String.join("; ", imported.notes()) + ")";
    }

    @Override
    public Chunk next() {
        if (next == messages.size()) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        Preamble setup = null;
        if (now == null) {
            now = messages.get(0).timestamp();
            setup = new Preamble(now, 1, "", TTL, STALE_AFTER, MOST_SERIES, receivers, Map.of());
            for (String cluster : imported.clusters()) {
                Restored nothing = new Restored(1, List.of(), Map.of(), List.of());
                entries.add(new Entry.Opened(0, now, cluster, "", nothing, false, Map.of()));
            }
        }
        while (next < messages.size() && entries.size() < MOST_ENTRIES) {
            step(entries);
        }
        return new Chunk(setup, false, entries);
    }

    private void step(List<Entry> entries) {
        Instant at = messages.get(next).timestamp();
        Instant tick = now.plusSeconds(1);
        if (tick.isBefore(at)) {
            now = tick;
            entries.add(new Entry.Tick(0, tick));
            return;
        }
        now = at;
        entries.add(new Entry.Tick(0, at));
        Map<String, List<Telemetry>> batches = new LinkedHashMap<>();
        int size = 0;
        while (next < messages.size()
                && size++ < LARGEST_BATCH
                && messages.get(next).timestamp().equals(at)) {
            Telemetry message = messages.get(next++);
            batches.computeIfAbsent(message.cluster(), cluster -> new ArrayList<>())
                    .add(message);
        }
        batches.forEach((cluster, batch) -> entries.add(new Entry.Put(0, at, cluster, batch)));
    }

    @Override
    public double done() {
        return (double) next / messages.size();
    }

    @Override
    public List<String> notes() {
        return imported.notes();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
