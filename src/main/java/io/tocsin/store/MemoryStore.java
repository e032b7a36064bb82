package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The same contract in memory, for tests, replays, scenarios and benches: objects are kept as they are, stages are
 * complete when they are returned. It keeps the newest 100 thousand resolved alerts and as many diagnostics.
 */
public final class MemoryStore implements Store {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private static final String ME = "memory";

    /** Receivers that are taken up. */
    private final Set<String> senders = new HashSet<>();

    private final Map<String, MemoryCluster> clusters = new TreeMap<>();
    private final Map<String, Map<String, RuleInfo>> rules = new HashMap<>();
    private final MemoryAlerts alerts = new MemoryAlerts(new MemoryOutbox(any -> MemoryOutbox.Earlier.ALL_HERE));
    private final MemoryDiagnostics diagnostics = new MemoryDiagnostics();
    private final MemoryAudit audit = new MemoryAudit();
    private boolean closed;

    @Override
    public synchronized Restored claim(String cluster) {
        refuseClosed();
        MemoryCluster owned = clusters.computeIfAbsent(cluster, name -> new MemoryCluster());
        owned.epoch++;
        owned.released = false;
        List<Life> open = alerts.all()
                .filter(kept ->
                        kept.life.alert().open() && kept.life.alert().cluster().equals(cluster))
                .map(kept -> kept.life)
                .sorted(Comparator.comparing((Life life) -> life.alert().since())
                        .thenComparing(life -> life.alert().id()))
                .toList();
        List<Life> muted = alerts.all()
                .map(kept -> kept.life)
                .filter(life -> life.mutes() && life.alert().cluster().equals(cluster))
                .sorted(Comparator.comparing((Life life) -> life.tracking().life())
                        .thenComparing(life -> life.alert().id()))
                .toList();
        return new Restored(
                owned.epoch, open, owned.lives, new ArrayList<>(owned.sources.values()), alerts.fired(cluster), muted);
    }

    @Override
    public synchronized CompletionStage<Void> release(String cluster, long epoch) {
        MemoryCluster owned = clusters.get(cluster);
        if (owned != null && owned.epoch == epoch) {
            owned.released = true;
        }
        return DONE;
    }

    @Override
    public synchronized Map<String, Held> holders() {
        Map<String, Held> all = new HashMap<>();
        clusters.forEach((name, one) -> all.put(name, new Held(one.released ? null : ME, one.epoch)));
        return all;
    }

    @Override
    public synchronized Map<String, Held> senders() {
        Map<String, Held> all = new HashMap<>();
        senders.forEach(receiver -> all.put(receiver, new Held(ME, 1)));
        return all;
    }

    @Override
    public List<Beat> beats() {
        return List.of();
    }

    @Override
    public synchronized CompletionStage<Void> commit(Transaction transaction, Runnable unrecorded) {
        if (closed) {
            return CompletableFuture.failedStage(isClosed());
        }
        MemoryCluster cluster = clusters.get(transaction.cluster());
        if (cluster == null || cluster.epoch != transaction.epoch()) {
            return CompletableFuture.failedStage(new FencedException(transaction.cluster(), transaction.epoch()));
        }
        for (Transaction.Change change : transaction.changes()) {
            alerts.write(change);
            Alert alert = change.life().alert();
            if (!change.discarded() && alert.state() != AlertState.PENDING) {
                cluster.lives.merge(alert.key(), change.life().tracking().life(), Math::max);
            }
        }
        for (Notification notification : transaction.notifications()) {
            alerts.outbox.add(notification);
        }
        for (Transaction.SourceSeen seen : transaction.sources()) {
            cluster.sources.put(seen.name(), seen);
        }
        cluster.sources.keySet().removeAll(transaction.gone());
        for (Telemetry telemetry : transaction.diagnostics()) {
            diagnostics.add(transaction, telemetry);
        }
        return DONE;
    }

    private void refuseClosed() {
        if (closed) {
            throw isClosed();
        }
    }

    private static StoreException isClosed() {
        return new StoreException("the store is closed", null);
    }

    @Override
    public synchronized List<String> clusters() {
        return List.copyOf(clusters.keySet());
    }

    @Override
    public synchronized void saveRules(String ruleHash, List<RuleInfo> rules) {
        Map<String, RuleInfo> set = this.rules.computeIfAbsent(ruleHash, hash -> new HashMap<>());
        rules.forEach(rule -> set.putIfAbsent(rule.ref().name(), rule));
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public synchronized boolean reachable() {
        return !closed;
    }

    @Override
    public synchronized int purge(Instant now) {
        return alerts.purge(now.minus(Retention.ALERTS))
                + diagnostics.purge(now.minus(Retention.DIAGNOSTICS))
                + audit.purge(now.minus(Retention.AUDIT));
    }

    @Override
    public synchronized CompletionStage<Void> takeUp(String receiver) {
        alerts.outbox.takeUp(receiver);
        senders.add(receiver);
        return DONE;
    }

    @Override
    public synchronized CompletionStage<Void> release(String receiver) {
        senders.remove(receiver);
        return DONE;
    }

    @Override
    public synchronized CompletionStage<List<Notification>> due(
            String receiver, Instant now, int limit, Set<String> inFlight) {
        if (!senders.contains(receiver)) {
            return CompletableFuture.failedStage(FencedException.ofReceiver(receiver));
        }
        return CompletableFuture.completedStage(alerts.outbox.due(receiver, now, limit, inFlight));
    }

    @Override
    public synchronized CompletionStage<Optional<Instant>> nextDue(String receiver) {
        return CompletableFuture.completedStage(alerts.outbox.nextDue(receiver));
    }

    @Override
    public synchronized CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        if (closed) {
            return CompletableFuture.failedStage(isClosed());
        }
        if (!senders.contains(notification.receiver())) {
            if (attempt != null) {
                alerts.outbox.again(notification);
            }
            return CompletableFuture.failedStage(FencedException.ofReceiver(notification.receiver()));
        }
        alerts.outbox.record(notification, attempt, state, detail, nextAttemptAt);
        return DONE;
    }

    @Override
    public synchronized long backlog(String receiver) {
        return alerts.outbox.backlog(receiver);
    }

    @Override
    public synchronized Optional<Instant> oldest(String receiver) {
        return alerts.outbox.oldest(receiver);
    }

    @Override
    public synchronized Page alerts(Query query) {
        return MemoryQueries.page(alerts.all().map(kept -> kept.life.alert()), query);
    }

    @Override
    public synchronized Optional<Life> life(String alertId) {
        return alerts.find(alertId).map(kept -> kept.life);
    }

    @Override
    public synchronized List<Transition> transitions(String alertId) {
        return alerts.find(alertId).map(kept -> List.copyOf(kept.transitions)).orElse(List.of());
    }

    @Override
    public synchronized List<Notification> notifications(String alertId) {
        return alerts.outbox.of(alertId);
    }

    @Override
    public synchronized Optional<RuleInfo> rule(String ruleHash, String name) {
        return Optional.ofNullable(rules.getOrDefault(ruleHash, Map.of()).get(name));
    }

    @Override
    public synchronized Diagnostics.Page diagnostics(Diagnostics.Query query) {
        return diagnostics.page(query);
    }

    @Override
    public synchronized Optional<Diagnostics.Kept> diagnostic(String id) {
        return diagnostics.one(id);
    }

    @Override
    public synchronized long resolvedSince(Instant since) {
        return MemoryQueries.resolvedSince(alerts, since);
    }

    @Override
    public synchronized Stats stats(Instant since) {
        return MemoryQueries.stats(alerts, since);
    }

    @Override
    public CompletionStage<Void> append(AuditLog.Entry entry) {
        return audit.append(entry);
    }

    @Override
    public AuditLog.Entries entries(AuditLog.Wanted wanted) {
        return audit.entries(wanted);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** What is kept of a monitored cluster beside its alerts. */
    private static final class MemoryCluster {
        private long epoch;
        private boolean released;
        private final Map<AlertKey, Long> lives = new HashMap<>();
        private final Map<String, Transaction.SourceSeen> sources = new TreeMap<>();
    }
}
