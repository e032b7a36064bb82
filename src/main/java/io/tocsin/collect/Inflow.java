package io.tocsin.collect;

import io.micrometer.core.instrument.Counter;
import io.tocsin.bus.Address;
import io.tocsin.bus.Decoded;
import io.tocsin.bus.Failure;
import io.tocsin.bus.InvalidMessage;
import io.tocsin.bus.TelemetryBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The way in for telemetry that others send: decodes a body, hands its valid messages to the switchboard and waits until
 * they are evaluated. Bounded: when too many bodies wait to be decoded or too many messages to be evaluated, the sender is
 * told to come again. For any number of threads.
 *
 * <p>Counters beside those of {@link Reporter}: {@code tocsin_collect_rejected_total{source,reason}}, for reason
 * {@code invalid} single messages, for every other reason whole bodies.
 */
public final class Inflow {
    /** As long as it may take until a member that is frozen is missed and its clusters have another owner. */
    private static final DeliveryOptions PATIENT =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(15_000);

    /** The most messages of one source that wait for their evaluation. */
    public static final int MOST_MESSAGES = 200_000;

    private static final int MOST_BODIES = 64;

    /** An intake has no rounds, so it says now and then how it is: whoever starts later hears of it too. */
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(20);

    private static final Duration HEALTH_TTL = HEALTH_EVERY.multipliedBy(3);

    private final Vertx vertx;
    private final String source;
    private final Site site;
    private final int mostMessages;
    private final Reporter reporter;
    private final Counter collected;
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private long timer = -1;

    /**
     * @param source the source's name, {@code http} or {@code bus}
     * @param mostMessages how many messages may wait for their evaluation; a single body may exceed it
     */
    public Inflow(Vertx vertx, String source, Site site, int mostMessages) {
        this.vertx = vertx;
        this.source = source;
        this.site = site;
        this.mostMessages = mostMessages;
        this.reporter = new Reporter(vertx, source, site, HEALTH_TTL);
        this.collected = site.registry().counter("tocsin_collected_total", "source", source);
    }

    /** From now on it says how it is, at once and every 20 s; on the context of the verticle that starts it. */
    public Inflow start() {
        return start(HEALTH_EVERY);
    }

    Inflow start(Duration every) {
        reporter.again();
        timer = vertx.setPeriodic(every.toMillis(), any -> reporter.again());
        return this;
    }

    /** Says no more how it is. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    /**
     * Takes one body in.
     *
     * @param decoder makes messages of it, given the instant of receipt; may throw {@link InvalidMessage}
     * @param large whether that takes long enough to need a worker
     * @return what became of its messages, once the valid ones are evaluated; fails with {@link InvalidMessage} when the
     *     body cannot be read, or with a {@link ReplyException} that carries a code of {@link Failure}
     */
    public Future<Decoded> take(Function<Instant, Decoded> decoder, boolean large) {
        if (bodies.incrementAndGet() > MOST_BODIES) {
            bodies.decrementAndGet();
            return full("bodies", 1, "more than " + MOST_BODIES + " bodies wait to be read");
        }
        Instant now = site.now();
        return decode(decoder, now, large)
                .onComplete(done -> bodies.decrementAndGet())
                .onSuccess(this::sound)
                .onFailure(this::broken)
                .compose(this::evaluate);
    }

    /** A whole body was refused before it was decoded. */
    public void refused(String reason) {
        rejected(reason, 1);
    }

    private Future<Decoded> decode(Function<Instant, Decoded> decoder, Instant now, boolean large) {
        if (large) {
            return vertx.executeBlocking(() -> decoder.apply(now), false);
        }
        try {
            return Future.succeededFuture(decoder.apply(now));
        } catch (RuntimeException | StackOverflowError e) {
            return Future.failedFuture(e);
        }
    }

    private void sound(Decoded decoded) {
        if (!decoded.rejected().isEmpty()) {
            rejected("invalid", decoded.rejected().size());
        }
        if (reporter.failing()) {
            reporter.recovered();
        }
    }

    private void broken(Throwable cause) {
        if (cause instanceof InvalidMessage) {
            rejected("unreadable", 1);
        } else {
            rejected("broken", 1);
            reporter.failed("threw", cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }

    private Future<Decoded> evaluate(Decoded decoded) {
        int count = decoded.accepted().size();
        if (count == 0) {
            return Future.succeededFuture(decoded);
        }
        int before = messages.getAndAdd(count);
        if (before > 0 && before + count > mostMessages) {
            messages.addAndGet(-count);
            return full("full", count, before + " messages wait to be evaluated, at most " + mostMessages + " may");
        }
        return vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(decoded.accepted()), PATIENT)
                .transform(sent -> {
                    messages.addAndGet(-count);
                    if (sent.failed()) {
                        return lost(count, sent.cause());
                    }
                    collected.increment(count);
                    return Future.succeededFuture(decoded);
                });
    }

    private Future<Decoded> lost(int count, Throwable cause) {
        String reason = Reporter.reason(cause);
        dropped(reason, count);
        int code = cause instanceof ReplyException reply ? reply.failureCode() : -1;
        if (code >= 400 && code < 500) {
            return Future.failedFuture(cause);
        }
        String text = "busy".equals(reason) ? cause.getMessage() : "telemetry cannot be evaluated now (" + reason + ")";
        return failure(Failure.BUSY, text);
    }

    private Future<Decoded> full(String reason, int count, String text) {
        dropped(reason, count);
        return failure(Failure.BUSY, text + "; try again in a second");
    }

    private static Future<Decoded> failure(int code, String text) {
        return Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, text));
    }

    private void dropped(String reason, int count) {
        site.registry()
                .counter("tocsin_collect_dropped_total", "source", source, "reason", reason)
                .increment(count);
    }

    private void rejected(String reason, int count) {
        site.registry()
                .counter("tocsin_collect_rejected_total", "source", source, "reason", reason)
                .increment(count);
    }
}
