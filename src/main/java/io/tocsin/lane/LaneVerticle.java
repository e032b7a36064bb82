package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.store.FencedException;
import io.tocsin.store.Store;
import io.tocsin.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One lane: the watches over some monitored clusters, all on one worker thread. What a step decides is committed before
 * anything of it is published, notified or answered, unless the store is away for too long: then it goes out as degraded.
 * The lane goes on evaluating meanwhile.
 */
public final class LaneVerticle extends VerticleBase {
    private static final long TICK_MS = 100;
    private static final long FLUSH_MS = 250;
    private static final long REPORT_MS = 1000;
    private static final int MOST_UNCOMMITTED = 2000;

    private final int number;
    private final LaneSettings settings;
    private final Store store;
    private final OpenAlerts where;
    private final Supplier<Instant> clock;
    private final MeterRegistry registry;
    private final Predicate<String> anybodyListens;
    private final Map<String, ClusterWatch> watches = new LinkedHashMap<>();
    private Publisher publisher;
    private LaneMeters meters;
    private final LaneLog log;
    private final Retries retries = new Retries();
    private int uncommitted;

    /** What a lane works with, beside its number and settings. */
    public record Tools(
            Store store,
            OpenAlerts where,
            Supplier<Instant> clock,
            MeterRegistry registry,
            Predicate<String> anybodyListens) {}

    /** The lane of this number. */
    public LaneVerticle(int number, LaneSettings settings, Tools tools) {
        this.number = number;
        this.settings = settings;
        this.store = tools.store();
        this.where = tools.where();
        this.clock = tools.clock();
        this.registry = tools.registry();
        this.anybodyListens = tools.anybodyListens();
        this.log = new LaneLog(number, registry);
    }

    @Override
    public Future<?> start() {
        publisher = new Publisher(vertx.eventBus(), anybodyListens, registry);
        meters = new LaneMeters(registry, number);
        List<String> mine = new ArrayList<>(store.clusters());
        settings.topologies().keySet().stream()
                .filter(name -> !mine.contains(name))
                .forEach(mine::add);
        mine.stream().sorted().filter(name -> where.laneOf(name) == number).forEach(this::watch);
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.LANE + number, this::take);
        vertx.eventBus().<JsonObject>localConsumer(Address.LANE_COMMAND + number, this::command);
        vertx.eventBus().<JsonObject>localConsumer(Address.LANE_QUERY + number, this::query);
        vertx.setPeriodic(TICK_MS, any -> tick());
        vertx.setPeriodic(FLUSH_MS, any -> publisher.flush());
        vertx.setPeriodic(REPORT_MS, any -> meters.report(watches.values()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        publisher.flush();
        watches.values().forEach(ClusterWatch::close);
        watches.clear();
        return Future.succeededFuture();
    }

    private ClusterWatch watch(String cluster) {
        ClusterWatch known = watches.get(cluster);
        if (known != null) {
            return known;
        }
        ClusterWatch opened = new ClusterWatch(
                settings.book(), settings.watch(cluster), store.claim(cluster), this::otherPolicy, clock.get());
        watches.put(cluster, opened);
        retries.worked(cluster);
        opened.alerts().forEach(alert -> where.opened(alert.id(), cluster));
        log.watching(opened);
        finish(opened);
        return opened;
    }

    /** Whether a rule that an alert stands on reads otherwise now, or is gone. */
    private boolean otherPolicy(Life life) {
        String then = life.alert().ruleHash();
        return !then.equals(settings.book().hash())
                && life.because().stream()
                        .map(Because::rule)
                        .anyMatch(rule -> store.rule(then, rule.name())
                                .map(RuleInfo::text)
                                .filter(text -> !same(text, settings.book().rule(rule.name())))
                                .isPresent());
    }

    private static boolean same(String text, RuleInfo now) {
        return now != null && now.text().equals(text);
    }

    private void take(Message<TelemetryBatch> message) {
        if (uncommitted > MOST_UNCOMMITTED || store.full()) {
            registry.counter("tocsin_intake_refused_total", "reason", "too much waits for the store")
                    .increment(message.body().messages().size());
            message.fail(Failure.BUSY, "lane " + number + " waits for the store; try again in a second");
            return;
        }
        Map<String, List<Telemetry>> byCluster = new LinkedHashMap<>();
        for (Telemetry one : message.body().messages()) {
            byCluster.computeIfAbsent(one.cluster(), any -> new ArrayList<>()).add(one);
        }
        List<Future<?>> done = new ArrayList<>(byCluster.size());
        Instant now = clock.get();
        byCluster.forEach((cluster, batch) -> done.add(guarded(cluster, watch -> watch.put(batch, now))));
        publisher.telemetry(message.body().messages());
        Future.all(done).onSuccess(all -> message.reply(null)).onFailure(fault -> fail(message, fault));
    }

    private void tick() {
        Instant now = clock.get();
        for (String cluster : List.copyOf(watches.keySet())) {
            ClusterWatch watch = watches.get(cluster);
            Instant due = watch.nextDue();
            if (due != null && !due.isAfter(now)) {
                guarded(cluster, any -> any.advance(now));
            }
        }
        for (String cluster : retries.due(now)) {
            guarded(cluster, any -> any.advance(now));
        }
    }

    /** Does something with a watch and finishes the step; tells whether it went out degraded. A watch that fails is given up and taken up again from the store. */
    private Future<Boolean> guarded(String cluster, java.util.function.Consumer<ClusterWatch> work) {
        try {
            ClusterWatch watch = watch(cluster);
            work.accept(watch);
            return finish(watch);
        } catch (RuntimeException fault) {
            giveUp(cluster, fault);
            return Future.failedFuture(fault);
        }
    }

    private void giveUp(String cluster, Throwable fault) {
        boolean again = retries.failed(cluster, clock.get());
        if (fault instanceof StoreException && !watches.containsKey(cluster)) {
            log.notTakenUp(cluster, again, fault);
            return;
        }
        log.gaveUp(cluster, fault);
        ClusterWatch watch = watches.remove(cluster);
        if (watch != null) {
            where.forget(cluster);
            watch.close();
        }
    }

    private Future<Boolean> finish(ClusterWatch watch) {
        Step step = watch.drain();
        if (step.isEmpty()) {
            return Future.succeededFuture(false);
        }
        step.changes().forEach(change -> where.note(change.alert(), watch.cluster()));
        if (step.transaction().isEmpty()) {
            out(step);
            return Future.succeededFuture(false);
        }
        Promise<Boolean> done = Promise.promise();
        uncommitted++;
        store.commit(step.transaction(), () -> context.runOnContext(any -> said(step.asDegraded(), true, done)))
                .whenComplete((nothing, fault) -> context.runOnContext(any -> {
                    if (fault == null) {
                        said(step, false, done);
                    } else {
                        lost(watch, fault);
                        uncommitted -= done.tryFail(fault) ? 1 : 0;
                    }
                }));
        return done.future();
    }

    /** Lets a step out, unless it was said while the store was away. */
    private void said(Step step, boolean degraded, Promise<Boolean> done) {
        if (!done.future().isComplete()) {
            uncommitted--;
            out(step);
            done.complete(degraded);
        }
    }

    private void lost(ClusterWatch watch, Throwable fault) {
        if (watches.get(watch.cluster()) != watch) {
            return;
        }
        if (fault instanceof FencedException) {
            log.takenOver(watch.cluster());
            watches.remove(watch.cluster());
            where.forget(watch.cluster());
            watch.close();
        } else {
            giveUp(watch.cluster(), fault);
        }
    }

    private void out(Step step) {
        publisher.telemetry(step.derived());
        step.changes().forEach(publisher::alert);
        step.transaction().notifications().stream()
                .map(io.tocsin.model.Notification::receiver)
                .distinct()
                .forEach(receiver -> vertx.eventBus().publish(Address.OUTBOX + receiver, "", Address.LOCAL));
    }

    private void command(Message<JsonObject> message) {
        JsonObject body = message.body();
        String cluster = body.getString("cluster");
        CommandResult[] result = new CommandResult[1];
        guarded(cluster, watch -> result[0] = Commands.run(watch, body, clock.get()))
                .onSuccess(degraded -> {
                    if (result[0].reason() != null) {
                        message.fail(result[0].code(), result[0].reason());
                    } else {
                        Alert alert = result[0].alert();
                        message.reply(io.tocsin.bus.AlertJson.encode(degraded ? alert.asDegraded() : alert));
                    }
                })
                .onFailure(fault -> fail(message, fault));
    }

    private static void fail(Message<?> message, Throwable fault) {
        message.fail(Failure.BUSY, "not done, try again in a second: " + Text.clean(fault.getMessage()));
    }

    private void query(Message<JsonObject> message) {
        message.reply(Queries.answer(message.body(), watches, settings.book()));
    }
}
