package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.lane.record.Recorder;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final long LEAVE_WITHIN_MS = 1000;

    private final int number;
    private final LaneSettings settings;
    private final Tools tools;
    private final Shift shift;
    private Watches watches;
    private Holdings holdings;
    private Publisher publisher;
    private LaneMeters meters;
    private WhyNots whyNots;
    private LastHour lastHour;

    /** What a lane works with, beside its number and settings; the recorder is null if nothing is recorded. */
    public record Tools(
            Store store,
            OpenAlerts where,
            Supplier<Instant> clock,
            MeterRegistry registry,
            Predicate<String> anybodyListens,
            Ownership ownership,
            Shelf shelf,
            Recorder recorder) {}

    /** The lane of this number. */
    public LaneVerticle(int number, LaneSettings settings, Tools tools) {
        this(new Shift(number, new Pulse(System::nanoTime), StuckRules.NONE, true), settings, tools);
    }

    /** A lane for the time of one thread. */
    LaneVerticle(Shift shift, LaneSettings settings, Tools tools) {
        this.number = shift.lane();
        this.shift = shift;
        this.settings = settings;
        this.tools = tools;
    }

    /** The rules it begins with. */
    RuleBook rules() {
        return settings.book();
    }

    /** To be called from elsewhere once its thread is relieved: it hears of nothing any more. */
    void leave() {
        // its hooks alone: what still waits for the thread is let go when that comes back
        ((ContextInternal) context).closeFuture().close();
    }

    @Override
    public Future<?> start() {
        publisher = new Publisher(vertx.eventBus(), tools.anybodyListens(), tools.registry());
        meters = new LaneMeters(tools.registry(), number);
        whyNots = new WhyNots(vertx, tools.registry());
        ChartRoom room =
                ChartRoom.ofHeap(Runtime.getRuntime().maxMemory(), tools.where().lanes());
        lastHour = new LastHour(vertx, number, room, tools.registry());
        watches = new Watches(shift, settings, tools, context, publisher);
        holdings = new Holdings(number, tools, watches);
        if (shift.first()) {
            holdings.begin();
        } else {
            holdings.settle(tools.clock().get());
        }
        if (shift.relieved()) {
            watches.close();
            return Future.failedFuture(new Pulse.RelievedException());
        }
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.LANE + number, this::take);
        vertx.eventBus().<RuleBook>localConsumer(Address.LANE_RULES + number, this::rules);
        vertx.eventBus().<JsonObject>localConsumer(Address.LANE_COMMAND + number, this::command);
        vertx.eventBus().<JsonObject>localConsumer(Address.LANE_QUERY + number, this::query);
        vertx.setPeriodic(TICK_MS, any -> tick());
        vertx.setPeriodic(FLUSH_MS, any -> publisher.flush());
        vertx.setPeriodic(REPORT_MS, any -> {
            meters.report(watches.open().values(), watches.uncommitted());
            watches.mirror();
            lastHour.look(watches.open(), tools.clock().get());
        });
        vertx.setPeriodic(
                TICK_MS,
                LastHour.SAMPLE_EVERY.toMillis(),
                any -> lastHour.sample(watches.open(), tools.clock().get()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (shift.relieved()) {
            watches.close();
            return Future.succeededFuture();
        }
        publisher.flush();
        watches.close();
        return publisher.left().timeout(LEAVE_WITHIN_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private void take(Message<TelemetryBatch> message) {
        if (watches.uncommitted() > MOST_UNCOMMITTED || tools.store().full()) {
            tools.registry()
                    .counter("tocsin_intake_refused_total", "reason", "too much waits for the store")
                    .increment(message.body().messages().size());
            message.fail(Failure.BUSY, "lane " + number + " waits for the store; try again in a second");
            return;
        }
        Map<String, List<Telemetry>> byCluster = new LinkedHashMap<>();
        for (Telemetry one : message.body().messages()) {
            byCluster.computeIfAbsent(one.cluster(), any -> new ArrayList<>()).add(one);
        }
        List<Future<?>> done = new ArrayList<>(byCluster.size());
        Instant now = tools.clock().get();
        long began = System.nanoTime();
        JsonArray refused = new JsonArray();
        byCluster.forEach((cluster, batch) -> done.add(watches.guarded(cluster, watch -> {
                    watches.tape().put(cluster, batch, now);
                    watch.put(batch, now);
                    watches.mirrors().note(watch, batch);
                    publisher.telemetry(batch);
                })
                .recover(fault -> {
                    if (!ElsewhereException.says(fault)) {
                        return Future.failedFuture(fault);
                    }
                    refused.add(cluster);
                    return Future.succeededFuture(false);
                })));
        meters.evaluated(message.body().messages(), tools.clock().get(), Duration.ofNanos(System.nanoTime() - began));
        Future.all(done).onSuccess(all -> message.reply(refused)).onFailure(fault -> fail(message, fault));
    }

    private void tick() {
        if (shift.relieved()) {
            return;
        }
        Instant now = tools.clock().get();
        holdings.settle(now);
        watches.tape().tick(watches.open().values(), watches.book().hash(), now);
        for (String cluster : List.copyOf(watches.open().keySet())) {
            ClusterWatch watch = watches.open().get(cluster);
            Instant due = watch.nextDue();
            if (due != null && !due.isAfter(now)) {
                watches.guarded(cluster, any -> any.advance(now));
            }
        }
        for (String cluster : watches.toTryAgain(now)) {
            watches.guarded(cluster, any -> any.advance(now));
        }
    }

    private void rules(Message<RuleBook> message) {
        swapNext(watches.under(message.body()), message);
    }

    private void swapNext(RuleSwap all, Message<RuleBook> message) {
        String cluster = all.next();
        if (cluster == null) {
            message.reply(all.result());
            return;
        }
        if (watches.open().containsKey(cluster)) {
            watches.guarded(cluster, any -> {});
        }
        context.runOnContext(any -> swapNext(all, message));
    }

    private void command(Message<JsonObject> message) {
        JsonObject body = message.body();
        String cluster = body.getString("cluster");
        if (Commands.needless(body) && !watches.open().containsKey(cluster)) {
            message.reply(null);
            return;
        }
        CommandResult[] result = new CommandResult[1];
        watches.guarded(cluster, watch -> {
                    Instant now = tools.clock().get();
                    watches.tape().command(watch, body, now);
                    result[0] = Commands.run(watch, body, now);
                })
                .onSuccess(degraded -> {
                    if (result[0].reason() != null) {
                        message.fail(result[0].code(), result[0].reason());
                    } else {
                        message.reply(Commands.reply(result[0], degraded));
                    }
                })
                .onFailure(fault -> fail(message, fault));
    }

    private static void fail(Message<?> message, Throwable fault) {
        message.fail(
                ElsewhereException.says(fault) ? Failure.ELSEWHERE : Failure.BUSY,
                "not done, try again in a second: " + Text.clean(fault.getMessage()));
    }

    private void query(Message<JsonObject> message) {
        if ("why-not".equals(message.body().getString("what"))) {
            whyNots.answer(message, watches.open().get(message.body().getString("cluster")), watches.book());
            return;
        }
        try {
            if (!lastHour.answers(message, watches.open(), tools.clock().get())) {
                message.reply(Queries.answer(message.body(), watches.open(), watches.book()));
            }
        } catch (ClassCastException wrong) {
            message.fail(Failure.INVALID, "a field of the question is of another type");
        }
    }
}
