package io.tocsin.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes changed rules up: when their files changed and rest, when somebody asks for it, one attempt after the other. An
 * attempt is made ready on a thread of its own; only rules without fault get to the lanes, and then to every lane.
 *
 * <p>Counter: {@code tocsin_rules_reloads_total{result}}.
 */
public final class ReloadVerticle extends VerticleBase {
    private static final long LOOK_MS = 500;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final DeliveryOptions TO_LANES =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(60_000);

    private final ReloadSettings settings;
    private final Books books;
    private final FolderWatch folder;
    private final Preparation preparation;
    private final Supplier<Instant> clock;
    private final MeterRegistry registry;
    private final ReloadLog log;
    private SelfAlert alert;
    private WorkerExecutor aside;
    private Future<Attempt> running = Future.succeededFuture();
    private int waiting;
    private Attempt last;
    private JsonObject proved;
    private Instant retryAt;
    private boolean retries;

    /**
     * What it works with.
     *
     * @param folder the folder as it was before the rules in force were read
     * @param proof what changed rules have to stand
     */
    public record Tools(
            FolderWatch folder, Proof proof, Store store, Supplier<Instant> clock, MeterRegistry registry) {}

    /** For the rules in force and what may replace them. */
    public ReloadVerticle(ReloadSettings settings, Books books, Tools tools) {
        this.settings = settings;
        this.books = books;
        this.folder = tools.folder();
        this.preparation = new Preparation(settings.folder(), tools.proof(), tools.store());
        this.clock = tools.clock();
        this.registry = tools.registry();
        this.log = new ReloadLog(settings.folder());
    }

    @Override
    public Future<?> start() {
        aside = vertx.createSharedWorkerExecutor("rules", 1, 10, TimeUnit.MINUTES);
        alert = new SelfAlert(vertx, settings.cluster());
        vertx.eventBus().<JsonObject>localConsumer(Address.RELOAD, this::asked);
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        Address.RELOADED, message -> message.reply(last == null ? null : last.json(settings.folder())));
        vertx.eventBus().<JsonObject>localConsumer(Address.PROVED, message -> message.reply(proved));
        alert.good();
        if (settings.watch()) {
            later();
        }
        return Future.succeededFuture();
    }

    private void later() {
        vertx.setTimer(LOOK_MS, any -> look());
    }

    private void look() {
        aside.executeBlocking(folder::changed)
                .compose(changed -> {
                    boolean due = retryAt != null && !clock.get().isBefore(retryAt);
                    retries = due && !changed;
                    return due || changed ? attempt(Trigger.CHANGE, false).mapEmpty() : Future.succeededFuture();
                })
                .onComplete(any -> later());
    }

    private void asked(Message<JsonObject> message) {
        if (waiting > 0) {
            message.fail(
                    Failure.CONFLICT, "rules are being reloaded, and once more after that; look at GET /api/v1/rules");
            return;
        }
        Trigger trigger = Trigger.of(message.body().getString("trigger"));
        attempt(trigger, message.body().getBoolean("force", false))
                .onSuccess(attempt -> message.reply(new JsonObject()
                        .put("status", attempt.outcome().status)
                        .put("body", attempt.json(settings.folder()))))
                .onFailure(fault -> message.fail(Failure.BUSY, "not reloaded: " + fault.getMessage()));
    }

    /** One attempt, after those that run or wait. */
    private Future<Attempt> attempt(Trigger trigger, boolean force) {
        waiting += running.isComplete() ? 0 : 1;
        boolean waits = !running.isComplete();
        running = running.transform(before -> {
            waiting -= waits ? 1 : 0;
            return once(trigger, force);
        });
        return running;
    }

    private Future<Attempt> once(Trigger trigger, boolean force) {
        return aside.executeBlocking(() -> {
                    folder.take();
                    Prepared prepared = preparation.prepare(books.inForce(), force);
                    folder.read();
                    return prepared;
                })
                .compose(prepared -> finish(trigger, prepared))
                .map(this::done)
                .onFailure(log::broken);
    }

    private Future<Attempt> finish(Trigger trigger, Prepared prepared) {
        RuleBook now = books.inForce();
        RuleBook next = prepared.book();
        if (next == null) {
            boolean fault = prepared.fault() != null;
            String error = fault ? prepared.fault() : count(prepared.problems().size());
            Attempt.Outcome outcome = fault ? Attempt.Outcome.FAILED : Attempt.Outcome.REFUSED;
            return Future.succeededFuture(
                    new Attempt(clock.get(), trigger, outcome, now, now, prepared, Lanes.NONE, error));
        }
        if (trigger == Trigger.CHANGE && next.hash().equals(now.hash())) {
            return aside.executeBlocking(() -> {
                next.close();
                return new Attempt(
                        clock.get(), trigger, Attempt.Outcome.UNCHANGED, now, now, prepared, Lanes.NONE, null);
            });
        }
        return vertx.eventBus()
                .<JsonObject>request(Address.RULES, next, TO_LANES)
                .transform(reply -> aside.executeBlocking(() -> {
                    // lanes that did not answer take the new rules when they get to it, and have the old ones until
                    // then
                    books.take(next, reply.succeeded());
                    return taken(
                            trigger,
                            now,
                            prepared,
                            reply.succeeded() ? reply.result().body() : null);
                }));
    }

    private Attempt taken(Trigger trigger, RuleBook before, Prepared prepared, JsonObject lanes) {
        boolean same = before.hash().equals(prepared.book().hash());
        Attempt.Outcome outcome =
                lanes == null ? Attempt.Outcome.FAILED : same ? Attempt.Outcome.UNCHANGED : Attempt.Outcome.TAKEN;
        return new Attempt(
                clock.get(),
                trigger,
                outcome,
                before,
                prepared.book(),
                prepared,
                lanes == null ? Lanes.NONE : Lanes.of(lanes),
                lanes == null ? "the new rules go to every lane, but not every lane answered in time" : null);
    }

    private Attempt done(Attempt attempt) {
        boolean again = last != null && !last.good();
        boolean news = !retries || attempt.trigger() != Trigger.CHANGE || !attempt.sameTrouble(last);
        retryAt = attempt.passing(retries) ? clock.get().plus(RETRY) : null;
        retries = false;
        last = attempt;
        proved = attempt.proved(proved);
        registry.counter(
                        "tocsin_rules_reloads_total",
                        "result",
                        attempt.outcome().wire())
                .increment();
        if (news) {
            log.say(attempt, again);
        }
        if (attempt.trigger() != Trigger.HTTP && attempt.outcome() != Attempt.Outcome.UNCHANGED && news) {
            vertx.eventBus().publish(Address.AUDIT, attempt.note(), Address.LOCAL);
        }
        if (attempt.good()) {
            alert.good();
        } else {
            alert.bad(attempt, settings.folder());
        }
        return attempt;
    }

    private static String count(int problems) {
        return problems + (problems == 1 ? " problem" : " problems");
    }
}
