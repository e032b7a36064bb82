package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Alerts in memory; guarded by the {@link MemoryStore} that owns them. */
final class MemoryAlerts {
    /** How many resolved alerts are kept; the one that was resolved first goes first. */
    static final int MOST_RESOLVED = 100_000;

    final MemoryOutbox outbox;
    private final Map<String, Kept> byId = new HashMap<>();
    private final ArrayDeque<String> resolved = new ArrayDeque<>();

    /** An alert with its history. */
    static final class Kept {
        Life life;
        Instant firstAck;
        List<String> firedBy;
        final List<Transition> transitions = new ArrayList<>(2);
    }

    MemoryAlerts(MemoryOutbox outbox) {
        this.outbox = outbox;
    }

    void write(Transaction.Change change) {
        Alert alert = change.life().alert();
        Kept kept = byId.get(alert.id());
        if (change.discarded()) {
            if (kept != null && kept.life.alert().state() == AlertState.PENDING) {
                byId.remove(alert.id());
                outbox.forget(alert.id());
            }
            return;
        }
        if (kept == null) {
            kept = new Kept();
            byId.put(alert.id(), kept);
        }
        append(kept.transitions, change.transitions());
        if (kept.life != null && !Net.replaces(alert, kept.life.alert())) {
            return;
        }
        boolean ended = !alert.open() && (kept.life == null || kept.life.alert().open());
        kept.life = change.life();
        if (kept.firstAck == null && alert.ack() != null) {
            kept.firstAck = alert.ack().at();
        }
        if (kept.firedBy == null && alert.firedAt() != null) {
            kept.firedBy = Names.of(alert);
        }
        if (ended) {
            resolved.add(alert.id());
            if (resolved.size() > MOST_RESOLVED) {
                drop(resolved.poll());
            }
        }
    }

    /** Leaves out what is already there: a transaction may come twice. */
    private static void append(List<Transition> kept, List<Transition> more) {
        for (Transition transition : more) {
            boolean newer = kept.isEmpty()
                    || transition.revision() > kept.get(kept.size() - 1).revision();
            if (newer || !kept.contains(transition)) {
                kept.add(transition);
            }
        }
    }

    private int drop(String id) {
        Kept kept = byId.remove(id);
        return kept == null ? 0 : 1 + kept.transitions.size() + outbox.forget(id);
    }

    int purge(Instant endedBefore) {
        int rows = 0;
        for (Iterator<String> ids = resolved.iterator(); ids.hasNext(); ) {
            String id = ids.next();
            if (byId.get(id).life.alert().resolution().at().isBefore(endedBefore)) {
                ids.remove();
                rows += drop(id);
            }
        }
        return rows;
    }

    /** When alerts of a cluster fired that ended in the hour before the newest end. */
    List<Restored.Fired> fired(String cluster) {
        if (resolved.isEmpty()) {
            return List.of();
        }
        Instant newest = byId.get(resolved.getLast()).life.alert().resolution().at();
        return resolved.stream()
                .map(id -> byId.get(id).life.alert())
                .filter(alert -> alert.cluster().equals(cluster) && alert.firedAt() != null)
                .filter(alert -> !alert.resolution().at().isBefore(newest.minus(Restored.RECENT)))
                .map(alert -> new Restored.Fired(alert.key(), alert.node(), alert.firedAt()))
                .sorted(Comparator.comparing(Restored.Fired::at))
                .toList();
    }

    Stream<Kept> all() {
        return byId.values().stream();
    }

    Optional<Kept> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
