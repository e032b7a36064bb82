package io.tocsin.notify.watchdog;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.tocsin.notify.Endpoint;
import io.tocsin.notify.Outcome;
import io.tocsin.notify.Poster;
import io.tocsin.notify.Poster.Answer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every interval: if it is this member's turn, a heartbeat goes through the appliance, and only when it came through
 * somebody outside is told. Whoever counts raises an alarm when nothing comes: a person hears that Tocsin itself is dead.
 *
 * <p>Counter: {@code tocsin_watchdog_total{outcome}}: sent, failed (it was told and did not take it), stuck (the heartbeat
 * did not come through), elsewhere (another member's turn).
 */
public final class WatchdogVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(WatchdogVerticle.class);

    private static final int TRIES = 4;

    private final WatchdogSettings settings;
    private final Site site;
    private final MeterRegistry registry;
    private Heartbeat heart;
    private Poster poster;
    private boolean busy;
    private String trouble;

    /**
     * Where it runs.
     *
     * @param member {@code host:port} of this member, or this host's name
     * @param turn whether this member is the one that tells
     * @param clock what time it is
     */
    public record Site(String member, BooleanSupplier turn, Supplier<Instant> clock) {}

    /**
     * For one address.
     *
     * @throws IllegalArgumentException if nothing may be sent there
     */
    public WatchdogVerticle(WatchdogSettings settings, Site site, MeterRegistry registry) {
        this.settings = settings;
        this.site = site;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        heart = new Heartbeat(vertx, site.member(), site.clock(), settings.every());
        poster = new Poster(vertx, Endpoint.secret("watchdog.url", settings.url()), site.clock());
        vertx.setPeriodic(1, settings.every().toMillis(), any -> round());
        log.info(
                LogFamily.SUCCESS,
                "🩺 watchdog tells somebody outside every {} that all is well",
                Text.duration(settings.every()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return poster.close();
    }

    private void round() {
        if (!site.turn().getAsBoolean()) {
            count("elsewhere");
            trouble = null;
        } else if (!busy) {
            busy = true;
            attempt(TRIES - 1).onComplete(done -> busy = false);
        }
    }

    /** Again within the interval if need be: whoever counts may not forgive a single miss. */
    private Future<Void> attempt(int more) {
        return heart.beat()
                .compose(
                        this::post,
                        stuck -> ended("stuck", "a heartbeat did not come through: " + stuck.getMessage())
                                .map(Outcome.Retry.of("stuck")))
                .compose(outcome -> outcome instanceof Outcome.Retry && more > 0
                        ? vertx.timer(Math.max(1, settings.every().toMillis() / (TRIES + 1)))
                                .compose(any -> attempt(more - 1))
                        : Future.succeededFuture());
    }

    private Future<Outcome> post(Heartbeat.Beat beat) {
        return poster.post(message(beat), WatchdogVerticle::judge)
                .compose(outcome -> (outcome instanceof Outcome.Delivered
                                ? ended("sent", null)
                                : ended("failed", "whoever is to be told did not take it: " + outcome.text()))
                        .map(outcome));
    }

    private JsonObject message(Heartbeat.Beat beat) {
        return new JsonObject()
                .put("type", "watchdog")
                .put("cluster", Heartbeat.CLUSTER)
                .put("member", site.member())
                .put("beat", beat.number())
                .put("evaluated_in_ms", beat.took().toMillis())
                .put("every", Text.duration(settings.every()))
                .put("timestamp", site.clock().get().toString());
    }

    private static Outcome judge(Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(answer.text());
        }
        boolean ours = status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
        return ours ? new Outcome.GiveUp(answer.text()) : new Outcome.Retry(answer.text(), answer.retryAfter());
    }

    private Future<Void> ended(String outcome, String problem) {
        count(outcome);
        if (problem != null && trouble == null) {
            log.error(LogFamily.FAILURE, "❌ watchdog is silent: {}; it is tried again", Text.clean(problem));
        } else if (problem == null && trouble != null) {
            log.info(LogFamily.SUCCESS, "★ watchdog tells again that all is well");
        }
        trouble = problem;
        return Future.succeededFuture();
    }

    private void count(String outcome) {
        registry.counter("tocsin_watchdog_total", "outcome", outcome).increment();
    }
}
