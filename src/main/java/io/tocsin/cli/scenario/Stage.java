package io.tocsin.cli.scenario;

import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.lane.ClusterWatch;
import io.tocsin.lane.CommandResult;
import io.tocsin.lane.Step;
import io.tocsin.lane.WatchSettings;
import io.tocsin.model.Reading;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Topology;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The appliance without a clock, a bus or a disk: watches over all clusters of a case, on the case's own time. */
final class Stage implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-01-05T03:00:00Z");
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration STALE_AFTER = Duration.ofHours(24);

    private final RuleBook book;
    private final Set<String> receivers;
    private final Map<String, Scenario.Nodes> clusters;
    private final BiConsumer<ClusterWatch, Step> out;
    private final Store store = new MemoryStore();
    private final Map<String, ClusterWatch> watches = new TreeMap<>();
    private final SeriesLimit limit = new SeriesLimit(1_000_000);
    private final Map<String, Long> firedBefore = new TreeMap<>();
    private final Map<String, String> faultsBefore = new TreeMap<>();
    private Instant now = BEGIN;

    Stage(
            RuleBook book,
            Set<String> receivers,
            Map<String, Scenario.Nodes> clusters,
            BiConsumer<ClusterWatch, Step> out) {
        this.book = book;
        this.receivers = receivers;
        this.clusters = clusters;
        this.out = out;
        clusters.keySet().forEach(this::watch);
    }

    private ClusterWatch watch(String cluster) {
        ClusterWatch known = watches.get(cluster);
        if (known != null) {
            return known;
        }
        Scenario.Nodes nodes = clusters.get(cluster);
        Topology topology = nodes == null ? null : new Topology(cluster, nodes.nodes(), nodes.quorum());
        var session = new SessionSettings(cluster, topology, TTL, STALE_AFTER, limit);
        ClusterWatch opened = new ClusterWatch(book, new WatchSettings(session, receivers), store.claim(cluster), now);
        watches.put(cluster, opened);
        take(opened);
        return opened;
    }

    private void take(ClusterWatch watch) {
        Step step = watch.drain();
        if (!step.isEmpty()) {
            store.commit(step.transaction());
            out.accept(watch, step);
        }
    }

    /** Moves time on; whatever falls due on the way is a step of its own, as it is in the appliance. */
    void advance(Duration at) {
        Instant to = BEGIN.plus(at);
        for (ClusterWatch due = next(to); due != null; due = next(to)) {
            due.advance(due.nextDue());
            take(due);
        }
        for (ClusterWatch watch : List.copyOf(watches.values())) {
            watch.advance(to);
            take(watch);
        }
        now = to;
    }

    private ClusterWatch next(Instant to) {
        ClusterWatch next = null;
        for (ClusterWatch watch : watches.values()) {
            Instant due = watch.nextDue();
            if (due != null && !due.isAfter(to) && (next == null || due.isBefore(next.nextDue()))) {
                next = watch;
            }
        }
        return next;
    }

    void send(Scenario.Send send) {
        Map<String, List<Telemetry>> byCluster = new LinkedHashMap<>();
        for (Message message : send.messages()) {
            Telemetry telemetry = message.at(now);
            byCluster
                    .computeIfAbsent(telemetry.cluster(), c -> new ArrayList<>())
                    .add(telemetry);
        }
        byCluster.forEach((cluster, batch) -> {
            ClusterWatch watch = watch(cluster);
            watch.put(batch, now);
            take(watch);
        });
    }

    CommandResult acknowledge(String cluster, String id, Scenario.AckIt ack) {
        ClusterWatch watch = watch(cluster);
        CommandResult result =
                watch.acknowledge(id, new Signal.Acknowledge(ack.by(), ack.message(), ack.lasts(), false), now);
        take(watch);
        return result;
    }

    CommandResult resolve(String cluster, String id, String by) {
        ClusterWatch watch = watch(cluster);
        CommandResult result = watch.resolve(id, by, now);
        take(watch);
        return result;
    }

    void restart() {
        firedBefore.putAll(fired());
        faultsBefore.putAll(faults());
        List<String> names = List.copyOf(watches.keySet());
        watches.values().forEach(ClusterWatch::close);
        watches.clear();
        names.forEach(this::watch);
    }

    /** The clusters at present. */
    Collection<ClusterWatch> watches() {
        return watches.values();
    }

    /** The newest reading of every series. */
    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        watches.values().forEach(watch -> readings.addAll(watch.session().readings()));
        return readings;
    }

    /** Rules that failed while the case was played, with the reason. */
    Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>(faultsBefore);
        watches.values().forEach(watch -> faults.putAll(watch.tally().faults()));
        return faults;
    }

    /** How often each rule fired. */
    Map<String, Long> fired() {
        Map<String, Long> fired = new TreeMap<>(firedBefore);
        watches.values()
                .forEach(watch -> watch.session().fired().forEach((rule, n) -> fired.merge(rule, n[0], Long::sum)));
        return fired;
    }

    @Override
    public void close() {
        watches.values().forEach(ClusterWatch::close);
        store.close();
    }
}
