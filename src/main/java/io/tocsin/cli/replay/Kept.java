package io.tocsin.cli.replay;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.store.Restored;
import io.tocsin.store.Transaction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the store would hold of one cluster, and no more than a watch needs to be opened again. */
final class Kept {
    private final Map<String, Life> open = new HashMap<>();
    private final Map<AlertKey, Long> lives = new HashMap<>();
    private final Map<String, Transaction.SourceSeen> sources = new TreeMap<>();
    private final Map<AlertKey, Life> muted = new HashMap<>();
    private final Deque<Alert> over = new ArrayDeque<>();
    private List<Restored.Fired> before = List.of();

    /** Forgets all and holds this. */
    void set(Restored from) {
        open.clear();
        lives.clear();
        sources.clear();
        from.open().forEach(life -> open.put(life.alert().id(), life));
        lives.putAll(from.lives());
        from.sources().forEach(source -> sources.put(source.name(), source));
        over.clear();
        muted.clear();
        from.muted().forEach(life -> muted.put(life.alert().key(), life));
        before = from.fired();
    }

    void take(Transaction transaction) {
        for (Transaction.Change change : transaction.changes()) {
            Alert alert = change.life().alert();
            if (change.discarded() || !alert.open()) {
                open.remove(alert.id());
                end(alert);
            } else {
                open.put(alert.id(), change.life());
            }
            if (!change.discarded() && change.life().mutes()) {
                muted.put(alert.key(), change.life());
            } else {
                muted.remove(alert.key());
            }
            if (!change.discarded() && alert.state() != AlertState.PENDING) {
                lives.merge(alert.key(), change.life().tracking().life(), Math::max);
            }
        }
        transaction.sources().forEach(source -> sources.put(source.name(), source));
        transaction.gone().forEach(sources::remove);
    }

    /** Alerts that are over are told for an hour after, as the store tells them. */
    private void end(Alert alert) {
        if (alert.resolution() == null || alert.firedAt() == null) {
            return;
        }
        over.addLast(alert);
        Instant oldest = alert.resolution().at().minus(Restored.RECENT);
        while (!over.peekFirst().resolution().at().isAfter(oldest)) {
            over.removeFirst();
        }
    }

    private List<Restored.Fired> fired() {
        return Stream.concat(
                        before.stream(),
                        over.stream().map(alert -> new Restored.Fired(alert.key(), alert.node(), alert.firedAt())))
                .sorted(Comparator.comparing(Restored.Fired::at))
                .toList();
    }

    Restored restored(long epoch) {
        List<Life> sorted = open.values().stream()
                .sorted(Comparator.comparing((Life life) -> life.alert().since())
                        .thenComparing(life -> life.alert().id()))
                .toList();
        return new Restored(epoch, sorted, lives, List.copyOf(sources.values()), fired(), List.copyOf(muted.values()));
    }
}
