package io.tocsin.lane;

import io.tocsin.alert.Signal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.model.Alert;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Topology;
import io.tocsin.model.Transition;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One watch with its store on a time that is set, in seconds: what goes in, what was decided, who was told. */
final class Stand implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration TTL = Duration.ofSeconds(60);
    static final String HEADER =
            "package rules; import io.tocsin.model.*; import java.util.List; import static io.tocsin.model.Rules.*;\n";

    final List<Step.Changed> changes = new ArrayList<>();
    final List<Notification> notifications = new ArrayList<>();
    final List<Telemetry> derived = new ArrayList<>();
    private final Store store;
    private final WatchSettings settings;
    private RuleBook book;
    private ClusterWatch watch;
    private boolean dying;
    private boolean reloaded;

    /** The cluster {@code default} without topology, with receivers log, slack and pagerduty. */
    Stand(RuleBook book) {
        this(book, new MemoryStore(), "default", null, 1_000_000);
    }

    Stand(RuleBook book, Topology topology) {
        this(book, new MemoryStore(), topology.cluster(), topology, 1_000_000);
    }

    Stand(RuleBook book, Store store, String cluster, Topology topology, int mostSeries) {
        this.book = book;
        this.store = store;
        this.settings = new WatchSettings(
                new SessionSettings(cluster, topology, TTL, Duration.ofHours(24), new SeriesLimit(mostSeries)),
                Set.of("log", "slack", "pagerduty"));
        open(START);
    }

    /** Rules of one file, without its header. */
    static RuleBook rules(String text) throws RuleProblems {
        return RuleBook.of(Map.of("threshold/x.drl", HEADER + text));
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }

    private void open(Instant now) {
        watch = new ClusterWatch(book, settings, store.claim(settings.cluster()), this::otherPolicy, now);
        take();
    }

    private boolean otherPolicy(io.tocsin.model.Life life) {
        return !life.alert().ruleHash().equals(book.hash());
    }

    private void take() {
        Step step = watch.drain();
        if (dying) {
            return;
        }
        if (!step.transaction().isEmpty()) {
            store.commit(step.transaction()).toCompletableFuture().join();
        }
        changes.addAll(step.changes());
        notifications.addAll(step.transaction().notifications());
        derived.addAll(step.derived());
    }

    void put(double second, Telemetry... batch) {
        put(second, List.of(batch));
    }

    void put(double second, List<Telemetry> batch) {
        watch.put(batch, at(second));
        take();
    }

    void pass(double second) {
        watch.advance(at(second));
        take();
    }

    /** Lets time pass in steps, so that each is a step of its own. */
    void pass(double from, double to, double step) {
        for (double second = from; second <= to; second += step) {
            pass(second);
        }
    }

    CommandResult acknowledge(double second, String id, String lasts) {
        Duration time = lasts == null ? null : io.tocsin.model.Text.duration(lasts);
        CommandResult result = watch.acknowledge(id, new Signal.Acknowledge("ann", "on it", time, false), at(second));
        take();
        return result;
    }

    CommandResult resolve(double second, String id) {
        CommandResult result = watch.resolve(id, "ann", at(second));
        take();
        return result;
    }

    /** From now on nothing that is decided gets as far as the store, until the watch is killed. */
    void die() {
        dying = true;
    }

    /** Kills the watch after its last step and restores it from what is stored. */
    void restart(double second) {
        watch.close();
        dying = false;
        open(at(second));
    }

    void restart(double second, RuleBook other) {
        book = other;
        restart(second);
    }

    /** Goes on under other rules without an end. */
    void reload(double second, RuleBook other) {
        book = other;
        reloaded = true;
        watch.reload(other, at(second));
        take();
    }

    /** Whether its rules were ever changed. */
    boolean reloaded() {
        return reloaded;
    }

    ClusterWatch watch() {
        return watch;
    }

    Store store() {
        return store;
    }

    List<Alert> alerts() {
        return watch.alerts();
    }

    /** The one open alert of a type. */
    Alert alert(String type) {
        List<Alert> found =
                alerts().stream().filter(a -> a.alertType().equals(type)).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one open " + type + ", found " + found + " of " + alerts());
        }
        return found.get(0);
    }

    boolean isOpen(String type) {
        return alerts().stream().anyMatch(a -> a.alertType().equals(type));
    }

    /** What happened so far, as {@code memory_usage FIRED}. */
    List<String> kinds(String type) {
        return changes.stream()
                .filter(change -> change.alert().alertType().equals(type))
                .map(change -> change.transition().kind().name())
                .toList();
    }

    List<Transition> transitions(String type) {
        return changes.stream()
                .filter(change -> change.alert().alertType().equals(type))
                .map(Step.Changed::transition)
                .toList();
    }

    /** Who was told what, as {@code log FIRED}. */
    List<String> told(String type) {
        return notifications.stream()
                .filter(one -> one.alert().alertType().equals(type))
                .map(one -> one.receiver() + " " + one.change())
                .toList();
    }

    @Override
    public void close() {
        watch.close();
    }
}
