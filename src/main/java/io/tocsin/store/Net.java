package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What many transactions come to, so that each row is written once: per alert its newest revision, per source its last
 * word, of everything else all.
 */
final class Net {
    /** Alerts by id, in the order in which they first came. */
    final Map<String, AlertRow> alerts = new LinkedHashMap<>();

    final Map<AlertKey, Long> lives = new HashMap<>();
    final List<Notification> notifications = new ArrayList<>();
    /** Sources by cluster and name; a null value for one that is forgotten. */
    final Map<SourceName, Transaction.SourceSeen> sources = new LinkedHashMap<>();

    final List<Diagnostic> diagnostics = new ArrayList<>();

    void add(Transaction transaction) {
        transaction.changes().forEach(this::add);
        notifications.addAll(transaction.notifications());
        for (Transaction.SourceSeen seen : transaction.sources()) {
            sources.put(new SourceName(transaction.cluster(), seen.name()), seen);
        }
        for (String gone : transaction.gone()) {
            sources.put(new SourceName(transaction.cluster(), gone), null);
        }
        for (Telemetry telemetry : transaction.diagnostics()) {
            diagnostics.add(Diagnostic.of(transaction, telemetry));
        }
    }

    private void add(Transaction.Change change) {
        Alert alert = change.life().alert();
        AlertRow row = alerts.computeIfAbsent(alert.id(), id -> new AlertRow());
        if (change.discarded()) {
            if (row.life != null && row.life.alert().state() != AlertState.PENDING) {
                return; // came late: by now it has fired
            }
            row.discarded = true;
            row.life = null;
            row.transitions.clear();
            return;
        }
        if (row.life == null || replaces(alert, row.life.alert())) {
            row.life = change.life();
        }
        long revision = -1;
        long seq = 0;
        for (Transition transition : change.transitions()) {
            seq = transition.revision() == revision ? seq + 1 : 0;
            revision = transition.revision();
            row.transitions.add(new Numbered(transition, seq));
        }
        if (alert.state() != AlertState.PENDING) {
            lives.merge(alert.key(), change.life().tracking().life(), Math::max);
        }
    }

    /**
     * Whether an alert takes the place of the stored one of the same id: it is no older revision, or a later life that has
     * the number of one that lapsed.
     */
    static boolean replaces(Alert alert, Alert stored) {
        return alert.revision() >= stored.revision()
                || stored.state() == AlertState.PENDING && alert.since().isAfter(stored.since());
    }

    /** What becomes of one alert: first deleted if it was discarded, then written if it has a life (again). */
    static final class AlertRow {
        boolean discarded;
        Life life;
        final List<Numbered> transitions = new ArrayList<>(2);
    }

    /** A transition and its number among those of its revision, from 0. */
    record Numbered(Transition transition, long seq) {}

    /** A source of a cluster. */
    record SourceName(String cluster, String name) {}

    /** Telemetry for the history. */
    record Diagnostic(String cluster, long epoch, Instant at, Telemetry telemetry) {
        static Diagnostic of(Transaction transaction, Telemetry telemetry) {
            Instant at = Objects.requireNonNullElse(telemetry.receivedAt(), transaction.at());
            return new Diagnostic(transaction.cluster(), transaction.epoch(), at, telemetry);
        }
    }
}
