package io.tocsin.store;

import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Diagnostics in memory, the newest 100 thousand; guarded by the {@link MemoryStore} that owns them. */
final class MemoryDiagnostics {
    private final ArrayDeque<Net.Diagnostic> newestLast = new ArrayDeque<>();

    void add(Transaction transaction, Telemetry telemetry) {
        newestLast.add(Net.Diagnostic.of(transaction, telemetry));
        if (newestLast.size() > Retention.MOST_DIAGNOSTICS) {
            newestLast.poll();
        }
    }

    List<Telemetry> newest(String cluster, String type, int limit) {
        Iterable<Net.Diagnostic> newestFirst = newestLast::descendingIterator;
        Stream<Net.Diagnostic> all = StreamSupport.stream(newestFirst.spliterator(), false);
        return all.filter(d -> cluster == null || d.cluster().equals(cluster))
                .filter(d -> type == null || d.telemetry().type().equals(type))
                .sorted(Comparator.comparing(Net.Diagnostic::at).reversed())
                .limit(limit)
                .map(Net.Diagnostic::telemetry)
                .toList();
    }

    int purge(Instant before) {
        int gone = 0;
        for (Iterator<Net.Diagnostic> all = newestLast.iterator(); all.hasNext(); ) {
            if (all.next().at().isBefore(before)) {
                all.remove();
                gone++;
            }
        }
        return gone;
    }
}
