package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Text;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The lanes of a member, each with a thread of its own, and an eye on them. A thread that does not come back from a rule
 * cannot be stopped. So another one takes the lane over: all its clusters from the store, the one concerned without that
 * rule. Whatever the old thread still decides counts nothing. A lane that loses its thread again and again keeps the last
 * one, and the member says that it is not well.
 *
 * <p>Counter: {@code tocsin_lane_threads_replaced_total}; gauge: {@code tocsin_lane_threads_lost}, those that have not come
 * back.
 */
public final class Lanes extends VerticleBase {
    private static final int MOST_REPLACED = 3;
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final long AGAIN_MS = 1000;
    private static final long NEVER_DAYS = 10_000;

    private final LaneSettings settings;
    private final LaneVerticle.Tools tools;
    private final Duration limit;
    private final LongSupplier ticker;
    private final LanesLog log;
    private final List<Post> posts = new ArrayList<>();
    private ScheduledExecutorService eye;

    /**
     * As many as there are to be.
     *
     * @param limit after how long in one piece of work a thread does not come back
     */
    public Lanes(LaneSettings settings, LaneVerticle.Tools tools, Duration limit) {
        this(settings, tools, limit, System::nanoTime);
    }

    Lanes(LaneSettings settings, LaneVerticle.Tools tools, Duration limit, LongSupplier ticker) {
        this.settings = settings;
        this.tools = tools;
        this.limit = limit;
        this.ticker = ticker;
        this.log = new LanesLog(limit);
        for (int lane = 0; lane < tools.where().lanes(); lane++) {
            posts.add(new Post(lane, limit));
        }
        MeterRegistry registry = tools.registry();
        registry.gauge(
                "tocsin_lane_threads_lost",
                posts,
                all -> all.stream().mapToLong(Post::lost).sum());
    }

    @Override
    public Future<?> start() {
        eye = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lane-watch");
            thread.setDaemon(true);
            return thread;
        });
        posts.forEach(post -> begin(post, settings.book(), StuckRules.NONE));
        long every = new Overdue(limit).every().toMillis();
        eye.scheduleAtFixedRate(this::look, every, every, TimeUnit.MILLISECONDS);
        return Future.all(posts.stream().map(post -> post.begun.future()).toList());
    }

    @Override
    public Future<?> stop() {
        eye.shutdownNow();
        return Future.succeededFuture();
    }

    /** Why the lanes are not well, as somebody should start this process anew; empty if they are. */
    public Optional<String> trouble() {
        String trouble =
                posts.stream().map(Post::trouble).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    private void begin(Post post, RuleBook rules, StuckRules stuck) {
        Shift shift = new Shift(post.lane, new Pulse(ticker), stuck, post.shift == null);
        post.limit = settings.limit().part();
        post.verticle = new LaneVerticle(shift, settings.lane(rules, post.limit), tools);
        post.deployment = null;
        post.shift = shift;
        LaneVerticle verticle = post.verticle;
        String pool = post.pool();
        eye.execute(() -> {
            // not on a context, which would take the thread away when it ends: a lane that ends may still have
            // something
            // in its queue. How long its thread is at something is looked at here
            post.thread = vertx.createSharedWorkerExecutor(pool, 1, NEVER_DAYS, TimeUnit.DAYS);
            context.runOnContext(any -> deploy(post, shift, verticle, pool));
        });
    }

    private void deploy(Post post, Shift shift, LaneVerticle verticle, String pool) {
        DeploymentOptions options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName(pool)
                .setWorkerPoolSize(1)
                .setMaxWorkerExecuteTime(NEVER_DAYS)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS);
        vertx.deployVerticle(verticle, options).onComplete((id, fault) -> {
            if (post.shift != shift) {
                return;
            }
            if (fault == null) {
                post.deployment = id;
                vacant(post, false);
                log.goesOn(shift);
                post.begun.tryComplete();
            } else if (shift.first()) {
                post.begun.tryFail(fault);
            } else if (!eye.isShutdown()) {
                log.notTakenUp(post.lane, fault);
                vertx.setTimer(AGAIN_MS, any -> begin(post, verticle.rules(), shift.stuck()));
            }
        });
    }

    private void look() {
        for (Post post : posts) {
            post.letGo();
            Shift shift = post.shift;
            Overdue.Stuck stuck = shift == null ? null : post.overdue.look(shift.pulse());
            if (stuck != null && stuck.rules().isEmpty()) {
                log.stuckElsewhere(post.lane, stuck);
            } else if (stuck != null) {
                context.runOnContext(any -> replace(post, shift, stuck));
            }
            if (post.trouble().isPresent()) {
                giveAway(post);
            }
        }
    }

    /** What is another member's by now and a lost thread cannot give back is given back for it; its word counts no more. */
    private void giveAway(Post post) {
        Ownership ownership = tools.ownership();
        tools.store().holders().forEach((cluster, held) -> {
            boolean here = held.place() != null && held.place().equals(ownership.me());
            if (here && tools.where().laneOf(cluster) == post.lane && !ownership.mine(cluster)) {
                tools.store().release(cluster, held.epoch());
                log.givesAway(post.lane, cluster, ownership.ownerOf(cluster));
            }
        });
    }

    private void replace(Post post, Shift shift, Overdue.Stuck stuck) {
        Pulse.Work work = stuck.work();
        if (post.shift != shift || work != shift.pulse().now()) {
            return;
        }
        String reason = "did not return within " + Text.duration(limit);
        if (post.replacedWithin(WITHIN, ticker.getAsLong()) >= MOST_REPLACED) {
            if (post.giveUp(work, LanesLog.named(stuck))) {
                shift.blame(work, stuck.rules(), reason);
                log.givesUp(post.lane, MOST_REPLACED, stuck);
            }
            return;
        }
        if (!shift.relieve(work, task -> context.runOnContext(any -> task.run()))) {
            return;
        }
        post.replaced(shift, ticker.getAsLong());
        tools.registry().counter("tocsin_lane_threads_replaced_total").increment();
        log.replaces(post.lane, stuck);
        vacant(post, true);
        post.verticle.leave();
        if (post.deployment != null) {
            vertx.undeploy(post.deployment);
        }
        post.limit.giveUp();
        tools.where().forgetLane(post.lane);
        begin(post, work.book(), shift.stuck().and(work.book(), work.about(), stuck.rules(), reason));
    }

    private void vacant(Post post, boolean vacant) {
        JsonObject message = new JsonObject().put("lane", post.lane).put("vacant", vacant);
        vertx.eventBus().publish(Address.LANE_VACANT, message, Address.LOCAL);
    }
}
