package io.tocsin.collect;

import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks a source again and again and hands what it found to its {@link Reporter}. Never twice at once: a tick that finds
 * the last round still running is skipped and counted
 * ({@code tocsin_collect_skipped_total{source}}); a round that outlives the patience
 * makes the source unhealthy. Lives on the context of the verticle that starts it.
 */
public final class Ticker {
    private final Vertx vertx;
    private final Reporter reporter;
    private final Site site;
    private final Duration every;
    private final Duration patience;
    private long timer = -1;
    private long startedAt;
    private boolean running;

    /**
     * @param every the interval
     * @param patience how long a round may run before the source counts as failing
     */
    public Ticker(Vertx vertx, Reporter reporter, Site site, Duration every, Duration patience) {
        this.vertx = vertx;
        this.reporter = reporter;
        this.site = site;
        this.every = every;
        this.patience = patience;
    }

    /** Starts: the first round after {@code first}, then one every interval. */
    public void start(Duration first, Supplier<Future<List<Telemetry>>> round) {
        timer = vertx.setPeriodic(Math.max(1, first.toMillis()), Math.max(1, every.toMillis()), id -> tick(round));
    }

    /** Stops; a round that runs is no longer reported. */
    public void stop() {
        vertx.cancelTimer(timer);
        timer = -1;
    }

    private void tick(Supplier<Future<List<Telemetry>>> round) {
        if (running) {
            skip();
            return;
        }
        running = true;
        startedAt = System.nanoTime();
        ask(round).onComplete(asked -> {
            running = false;
            if (timer == -1) {
                return;
            }
            if (asked.succeeded()) {
                reporter.report(asked.result());
            } else {
                reporter.failed("threw", words(asked.cause()));
            }
        });
    }

    private static Future<List<Telemetry>> ask(Supplier<Future<List<Telemetry>>> round) {
        try {
            return round.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void skip() {
        site.registry()
                .counter("tocsin_collect_skipped_total", "source", reporter.source())
                .increment();
        Duration age = Duration.ofNanos(System.nanoTime() - startedAt);
        if (age.compareTo(patience) > 0) {
            reporter.failed(
                    "stuck",
                    "the last round still runs after " + Text.duration(Duration.ofMillis(age.toMillis())) + ", at most "
                            + Text.duration(patience) + " is expected");
        }
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + message;
    }
}
