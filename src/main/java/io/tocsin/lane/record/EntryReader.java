package io.tocsin.lane.record;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Telemetry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private final Source source = new Source();
    private final Words words = new Words();
    private final TelemetryReader telemetry = new TelemetryReader(source, words);
    private final RestoredJson json = new RestoredJson();

    /** The entries of the next frame of the file. */
    List<Entry> read(byte[] bytes, int length) {
        source.take(bytes, length);
        List<Entry> entries = new ArrayList<>();
        while (source.more()) {
            entries.add(entry());
        }
        return entries;
    }

    private Entry entry() {
        int kind = source.one();
        int lane = (int) source.number();
        Instant at = source.near();
        return switch (kind) {
            case EntryWriter.PUT -> put(lane, at);
            case EntryWriter.TICK -> new Entry.Tick(lane, at);
            case EntryWriter.OPENED -> opened(lane, at);
            case EntryWriter.COMMAND -> command(lane, at);
            case EntryWriter.CLOSED -> new Entry.Closed(lane, at, words.read(source));
            case EntryWriter.GAP -> new Entry.Gap(lane, at, source.number(), source.number(), source.text());
            default -> throw new IllegalStateException("an entry of kind " + kind + " is not known");
        };
    }

    private Entry put(int lane, Instant at) {
        String cluster = words.read(source);
        int size = source.count();
        List<Telemetry> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(telemetry.read(at));
        }
        return new Entry.Put(lane, at, cluster, batch);
    }

    private Entry opened(int lane, Instant at) {
        String cluster = words.read(source);
        String hash = words.read(source);
        boolean goesOn = source.one() == 1;
        JsonObject written = new JsonObject(source.text());
        return new Entry.Opened(lane, at, cluster, hash, json.restored(cluster, written), goesOn, json.texts(written));
    }

    private Entry command(int lane, Instant at) {
        String cluster = words.read(source);
        String body = source.text();
        String type = words.read(source);
        String subject = words.read(source);
        return new Entry.Command(lane, at, cluster, body, type == null ? null : new AlertKey(cluster, type, subject));
    }
}
