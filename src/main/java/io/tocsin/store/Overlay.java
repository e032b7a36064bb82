package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Transition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the database does not hold yet, laid over what it does; guarded by the {@link FailOpen} that owns it. */
final class Overlay {
    private static final int MOST_NAMED = 5;

    private final MemoryOutbox outbox;
    private final MemoryAlerts alerts;
    /** Pending alerts that lapsed: the database may hold them still. */
    private final Set<String> lapsed = new HashSet<>();

    /**
     * Over a database.
     *
     * @param known what waits in its outbox
     */
    Overlay(Waiting.Known known) {
        outbox = new MemoryOutbox(receiver ->
                known.receivers().contains(receiver) ? MemoryOutbox.Earlier.DONE : MemoryOutbox.Earlier.UNKNOWN);
        alerts = new MemoryAlerts(outbox);
        known.waiting().forEach(outbox::add);
    }

    /** Takes a transaction in; again without harm. */
    void add(Transaction transaction) {
        for (Transaction.Change change : transaction.changes()) {
            alerts.write(change);
            String id = change.life().alert().id();
            if (change.discarded() && alerts.find(id).isEmpty()) {
                lapsed.add(id);
            } else {
                lapsed.remove(id);
            }
        }
        transaction.notifications().forEach(outbox::add);
    }

    void record(Work.Mark mark) {
        outbox.record(mark.notification(), mark.attempt(), mark.state(), mark.detail(), mark.nextAttemptAt());
    }

    /** A sender takes up a receiver, see {@link Outbox#takeUp}. */
    boolean takenUp(String receiver) {
        outbox.takeUp(receiver);
        return true;
    }

    MemoryOutbox outbox() {
        return outbox;
    }

    /** What was sent of a cluster, in words. */
    String sentOf(String cluster) {
        List<String> sent = alerts.all()
                .map(kept -> kept.life.alert())
                .filter(alert -> alert.cluster().equals(cluster))
                .flatMap(alert -> outbox.of(alert.id()).stream())
                .filter(n -> n.state() == NotificationState.SENT)
                .sorted(Comparator.comparing(Notification::createdAt).thenComparing(Notification::receiver))
                .map(n -> n.alertId() + " " + n.change().wire() + " to " + n.receiver())
                .toList();
        if (sent.isEmpty()) {
            return "nothing";
        }
        String named = String.join(", ", sent.subList(0, Math.min(MOST_NAMED, sent.size())));
        return sent.size() <= MOST_NAMED ? named : named + " and " + (sent.size() - MOST_NAMED) + " more";
    }

    /** Whether the database's word about an alert is out of date. */
    boolean covers(String alertId) {
        return lapsed.contains(alertId) || alerts.find(alertId).isPresent();
    }

    Optional<Life> life(String alertId) {
        return alerts.find(alertId).map(kept -> kept.life).map(Overlay::degraded);
    }

    private static Life degraded(Life life) {
        return new Life(life.alert().asDegraded(), life.tracking(), life.because());
    }

    /** What is in here of a page; of which the database gave a part. */
    History.Page page(History.Query query, History.Page stored) {
        Cursor end = Cursor.of(stored.next());
        List<Alert> page = new ArrayList<>();
        stored.alerts().stream().filter(alert -> !covers(alert.id())).forEach(page::add);
        MemoryQueries.page(alerts.all().map(kept -> kept.life.alert()), query).alerts().stream()
                .filter(alert -> end == null || Cursor.after(alert).compareTo(end) >= 0)
                .map(Alert::asDegraded)
                .forEach(page::add);
        page.sort(Comparator.comparing(Cursor::after).reversed());
        if (page.size() <= query.limit()) {
            return new History.Page(List.copyOf(page), stored.next());
        }
        List<Alert> cut = List.copyOf(page.subList(0, query.limit()));
        return new History.Page(cut, Cursor.after(cut.get(cut.size() - 1)).text());
    }

    /** The transitions of an alert: those of the database and what came after them. */
    List<Transition> transitions(String alertId, List<Transition> stored) {
        List<Transition> all = new ArrayList<>(stored);
        long last = stored.stream().mapToLong(Transition::revision).max().orElse(-1);
        alerts.find(alertId)
                .ifPresent(kept -> kept.transitions.stream()
                        .filter(transition -> transition.revision() > last)
                        .forEach(all::add));
        return List.copyOf(all);
    }

    /** The notifications of an alert, as they stand by now. */
    List<Notification> notifications(String alertId, List<Notification> stored) {
        Map<String, Notification> all = new LinkedHashMap<>();
        stored.forEach(n -> all.put(n.revision() + " " + n.receiver(), n));
        outbox.of(alertId).forEach(n -> all.put(n.revision() + " " + n.receiver(), n));
        return all.values().stream()
                .sorted(Comparator.comparingLong(Notification::revision).thenComparing(Notification::receiver))
                .toList();
    }
}
