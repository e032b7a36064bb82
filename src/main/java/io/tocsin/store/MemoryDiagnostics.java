package io.tocsin.store;

import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Diagnostics in memory, the newest 100 thousand; guarded by the {@link MemoryStore} that owns them. */
final class MemoryDiagnostics {
    private record Numbered(DiagnosticMark mark, Net.Diagnostic diagnostic) {
        private Diagnostics.Kept kept() {
            return new Diagnostics.Kept(mark.text(), diagnostic.at(), diagnostic.telemetry());
        }
    }

    private final ArrayDeque<Numbered> newestLast = new ArrayDeque<>();
    private long seq;

    void add(Transaction transaction, Telemetry telemetry) {
        Net.Diagnostic one = Net.Diagnostic.of(transaction, telemetry);
        newestLast.add(new Numbered(
                new DiagnosticMark(Micros.of(one.at()), transaction.epoch(), ++seq, transaction.cluster()), one));
        if (newestLast.size() > Retention.MOST_DIAGNOSTICS) {
            newestLast.poll();
        }
    }

    Diagnostics.Page page(Diagnostics.Query query) {
        DiagnosticMark before = DiagnosticMark.of(query.cursor());
        List<Diagnostics.Kept> found = newestLast.stream()
                .filter(one -> before == null || one.mark.compareTo(before) < 0)
                .filter(one -> is(query.cluster(), one.diagnostic.cluster()))
                .filter(one -> is(query.type(), one.diagnostic.telemetry().type()))
                .filter(one -> is(query.node(), one.diagnostic.telemetry().node()))
                .filter(one ->
                        is(query.alertId(), one.diagnostic.telemetry().labels().get(Diagnostics.ALERT_LABEL)))
                .sorted(Comparator.comparing(Numbered::mark).reversed())
                .limit(query.limit() + 1L)
                .map(Numbered::kept)
                .toList();
        return SqlDiagnostics.page(found, query.limit());
    }

    private static boolean is(String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    Optional<Diagnostics.Kept> one(String id) {
        return newestLast.stream()
                .filter(one -> one.mark.text().equals(id))
                .findFirst()
                .map(Numbered::kept);
    }

    int purge(Instant before) {
        int gone = 0;
        for (Iterator<Numbered> all = newestLast.iterator(); all.hasNext(); ) {
            if (all.next().diagnostic.at().isBefore(before)) {
                all.remove();
                gone++;
            }
        }
        return gone;
    }
}
