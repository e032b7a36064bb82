package io.tocsin.store;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The record of actions in memory, the newest ten thousand. */
final class MemoryAudit implements AuditLog {
    private static final int MOST = 10_000;

    private final TreeMap<Cursor, Entry> oldestFirst = new TreeMap<>();

    @Override
    public synchronized CompletionStage<Void> append(Entry entry) {

        oldestFirst.putIfAbsent(new Cursor(Micros.of(entry.at()), entry.id()), entry);
        if (oldestFirst.size() > MOST) {
            oldestFirst.pollFirstEntry();
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized Entries entries(Wanted wanted) {
        int limit = Cursor.limit(wanted.limit());
        Cursor before = Cursor.of(wanted.cursor());

        List<Entry> found = (before == null ? oldestFirst : oldestFirst.headMap(before, false))
                .descendingMap().values().stream()
                        .filter(one -> wanted.actor() == null || wanted.actor().equals(one.actor()))
                        .filter(one ->
                                wanted.action() == null || wanted.action().equals(one.action()))
                        .filter(one -> wanted.since() == null || !one.at().isBefore(wanted.since()))
                        .limit(limit + 1L)
                        .toList();
        return SqlAudit.page(found, limit);
    }

    synchronized int purge(Instant before) {
        int size = oldestFirst.size();
        oldestFirst.values().removeIf(one -> one.at().isBefore(before));
        return size - oldestFirst.size();
    }
}
