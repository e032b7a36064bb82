package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.LogFamily;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.lane.record.Recorder;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.store.FencedException;
import io.tocsin.store.Restored;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane: the watches over some monitored clusters, all on one worker thread. What a step decides is committed before
 * anything of it is published, notified or answered, unless the store is away for too long: then it goes out as degraded.
 * The lane goes on evaluating meanwhile.
 */
public final class LaneVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(LaneVerticle.class);
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
    private WhyNots whyNots;
    private final Retries retries = new Retries();
    private RuleBook book;
    private RuleSwap swap;
    private final LaneTape tape;
    private int uncommitted;

    /** What a lane works with, beside its number and settings; the recorder is null if nothing is recorded. */
    public record Tools(
            Store store,
            OpenAlerts where,
            Supplier<Instant> clock,
            MeterRegistry registry,
            Predicate<String> anybodyListens,
            Recorder recorder) {}

    /** The lane of this number. */
    public LaneVerticle(int number, LaneSettings settings, Tools tools) {
        this.number = number;
        this.settings = settings;
        this.book = settings.book();
        this.store = tools.store();
        this.where = tools.where();
        this.clock = tools.clock();
        this.registry = tools.registry();
        this.anybodyListens = tools.anybodyListens();
        this.tape = new LaneTape(number, tools.recorder(), store);
    }

    @Override
    public Future<?> start() {
        publisher = new Publisher(vertx.eventBus(), anybodyListens, registry);
        meters = new LaneMeters(registry, number);
        whyNots = new WhyNots(vertx, registry);
        List<String> mine = new ArrayList<>(store.clusters());
        settings.topologies().keySet().stream()
                .filter(name -> !mine.contains(name))
                .forEach(mine::add);
        mine.stream().sorted().filter(name -> where.laneOf(name) == number).forEach(this::watch);
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.LANE + number, this::take);
        vertx.eventBus().<RuleBook>localConsumer(Address.LANE_RULES + number, this::rules);
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
        Instant now = clock.get();
        watches.values().forEach(watch -> {
            tape.closed(watch.cluster(), now);
            watch.close();
        });
        watches.clear();
        return Future.succeededFuture();
    }

    private ClusterWatch watch(String cluster) {
        ClusterWatch known = watches.get(cluster);
        if (known != null) {
            return known;
        }
        Restored stored = store.claim(cluster);
        Instant now = clock.get();
        tape.opened(cluster, book.hash(), stored, now);
        ClusterWatch opened = new ClusterWatch(book, settings.watch(cluster), stored, otherPolicy(), now);
        watches.put(cluster, opened);
        retries.worked(cluster);
        opened.alerts().forEach(alert -> where.opened(alert.id(), cluster));
        LOG.info(
                LogFamily.SUCCESS,
                "★ watching cluster {} on lane {}: {} open alert(s), epoch {}",
                Text.clean(cluster),
                number,
                opened.alerts().size(),
                opened.epoch());
        finish(opened);
        return opened;
    }

    private OtherPolicy otherPolicy() {
        return new OtherPolicy(
                book, (hash, rule) -> store.rule(hash, rule).map(RuleInfo::text).orElse(null));
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
        byCluster.forEach((cluster, batch) -> done.add(guarded(cluster, watch -> {
            tape.put(cluster, batch, now);
            watch.put(batch, now);
        })));
        publisher.telemetry(message.body().messages());
        Future.all(done).onSuccess(all -> message.reply(null)).onFailure(fault -> fail(message, fault));
    }

    private void tick() {
        Instant now = clock.get();
        tape.tick(watches.values(), book.hash(), now);
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

    private void rules(Message<RuleBook> message) {
        book = message.body();
        swap = new RuleSwap(watches.keySet(), registry);
        swapNext(swap, message);
    }

    private void swapNext(RuleSwap all, Message<RuleBook> message) {
        String cluster = all.next();
        if (cluster == null) {
            message.reply(all.result());
            return;
        }
        if (watches.containsKey(cluster)) {
            guarded(cluster, any -> {});
        }
        context.runOnContext(any -> swapNext(all, message));
    }

    /** Whatever is done with a watch is done under the rules in force: none lags behind until its turn comes. */
    private void underRules(ClusterWatch watch) {
        if (watch.session().rules() != book) {
            long began = System.nanoTime();
            try {
                watch.reload(book, clock.get());
                finish(watch);
            } catch (RuntimeException fault) {
                swap.failed();
                throw fault;
            }
            swap.changed(System.nanoTime() - began);
        }
    }

    /** Does something with a watch and finishes the step; a watch that fails is given up and taken up again from the store. */
    private Future<Void> guarded(String cluster, java.util.function.Consumer<ClusterWatch> work) {
        try {
            ClusterWatch watch = watch(cluster);
            underRules(watch);
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
            notTakenUp(cluster, again, fault);
            return;
        }
        LOG.error(
                LogFamily.FAILURE,
                "❌ cluster {} failed on lane {} and is taken up again from the store",
                Text.clean(cluster),
                number,
                fault);
        registry.counter("tocsin_watch_failures_total").increment();
        ClusterWatch watch = watches.remove(cluster);
        if (watch != null) {
            tape.closed(cluster, clock.get());
            where.forget(cluster);
            watch.close();
        }
    }

    /** Nobody takes a cluster up without the store; said once, tried again until it works. */
    private void notTakenUp(String cluster, boolean again, Throwable fault) {
        registry.counter("tocsin_watch_claims_failed_total").increment();
        if (!again) {
            LOG.error(
                    LogFamily.FAILURE,
                    "❌ cluster {} cannot be taken up on lane {}: {}; tried again until it works",
                    Text.clean(cluster),
                    number,
                    Text.clean(fault.getMessage()));
        }
    }

    private Future<Void> finish(ClusterWatch watch) {
        Step step = watch.drain();
        if (step.isEmpty()) {
            return Future.succeededFuture();
        }
        step.changes().forEach(change -> where.note(change.alert(), watch.cluster()));
        if (step.transaction().isEmpty()) {
            out(step);
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        uncommitted++;
        store.commit(step.transaction(), () -> context.runOnContext(any -> said(step.asDegraded(), done)))
                .whenComplete((nothing, fault) -> context.runOnContext(any -> {
                    if (fault == null) {
                        said(step, done);
                    } else {
                        lost(watch, fault);
                        uncommitted -= done.tryFail(fault) ? 1 : 0;
                    }
                }));
        return done.future();
    }

    /** Lets a step out, unless it was said while the store was away. */
    private void said(Step step, Promise<Void> done) {
        if (!done.future().isComplete()) {
            uncommitted--;
            out(step);
            done.complete();
        }
    }

    private void lost(ClusterWatch watch, Throwable fault) {
        if (watches.get(watch.cluster()) != watch) {
            return;
        }
        if (fault instanceof FencedException) {
            LOG.warn(
                    LogFamily.FAILURE,
                    "💀 cluster {} was taken over by another owner; its session on lane {} ends",
                    Text.clean(watch.cluster()),
                    number);
            watches.remove(watch.cluster());
            tape.closed(watch.cluster(), clock.get());
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
        if (Commands.needless(body) && !watches.containsKey(cluster)) {
            message.reply(null);
            return;
        }
        CommandResult[] result = new CommandResult[1];
        guarded(cluster, watch -> {
                    Instant now = clock.get();
                    tape.command(watch, body, now);
                    result[0] = Commands.run(watch, body, now);
                })
                .onSuccess(any -> {
                    if (result[0].reason() != null) {
                        message.fail(result[0].code(), result[0].reason());
                    } else {
                        message.reply(Commands.reply(result[0]));
                    }
                })
                .onFailure(fault -> fail(message, fault));
    }

    private static void fail(Message<?> message, Throwable fault) {
        message.fail(Failure.BUSY, "not done, try again in a second: " + Text.clean(fault.getMessage()));
    }

    private void query(Message<JsonObject> message) {
        if ("why-not".equals(message.body().getString("what"))) {
            whyNots.answer(message, watches.get(message.body().getString("cluster")), book);
        } else {
            message.reply(Queries.answer(message.body(), watches, book));
        }
    }
}
