package io.tocsin.collect;

import io.micrometer.core.instrument.Counter;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.LogFamily;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what one source of this process found to the switchboard, together with how the source itself is: component
 * {@code collector:<source>} of this host's node. At most one batch is on its way; a sample that finds the way taken is
 * dropped and counted, for the next one is newer.
 *
 * <p>Counters: {@code tocsin_collected_total{source}} messages of samples that were evaluated,
 * {@code tocsin_collect_dropped_total{source,reason}} messages that were not (outstanding, busy, timeout, unreachable,
 * refused), {@code tocsin_collect_failures_total{source,reason}} times the source failed.
 */
public final class Reporter {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);

    /** How long a batch may wait for its evaluation. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(PATIENCE.toMillis());

    private static final int LONGEST_ERROR = 500;

    private final Vertx vertx;
    private final String source;
    private final Site site;
    private final Duration ttl;
    private final Counter collected;
    private final AtomicBoolean outstanding = new AtomicBoolean();
    private volatile String trouble;
    private volatile boolean dropping;

    /**
     * @param source the source's name, such as {@code host} or {@code probe:store-http}
     * @param ttl how long the source's own health counts as fresh; at least three times its interval
     */
    public Reporter(Vertx vertx, String source, Site site, Duration ttl) {
        this.vertx = vertx;
        this.source = source;
        this.site = site;
        this.ttl = ttl;
        this.collected = site.registry().counter("tocsin_collected_total", "source", source);
    }

    /** The source's name. */
    public String source() {
        return source;
    }

    /** Whether the last thing heard from the source was a failure. */
    public boolean failing() {
        return trouble != null;
    }

    /** The source worked and found this. True once it is evaluated, false when it was dropped; never fails. */
    public Future<Boolean> report(List<? extends Telemetry> found) {
        well();
        List<Telemetry> batch = new ArrayList<>(found.size() + 1);
        batch.addAll(found);
        batch.add(health(HealthStatus.HEALTHY, Map.of()));
        return send(batch, batch.size());
    }

    /** A source without rounds works again; it stays {@link #failing} until that is evaluated. Never fails. */
    public Future<Boolean> recovered() {
        return send(health(HealthStatus.HEALTHY, Map.of())).onSuccess(evaluated -> {
            if (evaluated) {
                well();
            }
        });
    }

    /** A source without rounds says how it is. Never fails. */
    Future<Boolean> again() {
        String error = trouble;
        return error == null
                ? send(health(HealthStatus.HEALTHY, Map.of()))
                : send(health(HealthStatus.UNHEALTHY, Map.of("error", error)));
    }

    private void well() {
        if (trouble != null) {
            trouble = null;
            log.info(LogFamily.SUCCESS, "★ collector {} works again", Text.clean(source));
        }
    }

    /**
     * The source failed: counts it, logs it when the trouble is new, and reports the source as unhealthy.
     *
     * @param reason one word for the counter, such as {@code threw}
     * @param error what went wrong, for people
     */
    public Future<Boolean> failed(String reason, String error) {
        site.registry()
                .counter("tocsin_collect_failures_total", "source", source, "reason", reason)
                .increment();
        String text = Text.cut(error == null ? reason : error, LONGEST_ERROR);
        if (trouble == null) {
            log.error(
                    LogFamily.FAILURE,
                    "❌ collector {} fails: {}; the other collectors go on, it is tried again",
                    Text.clean(source),
                    Text.clean(text));
        }
        trouble = text;
        return send(health(HealthStatus.UNHEALTHY, Map.of("error", text)));
    }

    private ComponentHealth health(HealthStatus status, Map<String, Object> details) {
        var now = site.now();
        return new ComponentHealth(
                Head.of(site.cluster(), site.node(), now, ttl), "collector:" + source, status, details, now);
    }

    /** On its own the source's health is nothing that was collected. */
    private Future<Boolean> send(ComponentHealth health) {
        return send(List.of(health), 0);
    }

    private Future<Boolean> send(List<Telemetry> batch, int collected) {
        if (!outstanding.compareAndSet(false, true)) {
            return dropped(batch.size(), "outstanding");
        }
        return vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(batch), LOCAL)
                .transform(sent -> {
                    outstanding.set(false);
                    return sent.succeeded() ? evaluated(collected) : dropped(batch.size(), reason(sent.cause()));
                });
    }

    private Future<Boolean> evaluated(int messages) {
        collected.increment(messages);
        if (dropping) {
            dropping = false;
            log.info(LogFamily.SUCCESS, "★ samples of collector {} are evaluated again", Text.clean(source));
        }
        return Future.succeededFuture(true);
    }

    private Future<Boolean> dropped(int messages, String reason) {
        site.registry()
                .counter("tocsin_collect_dropped_total", "source", source, "reason", reason)
                .increment(messages);
        if (!dropping) {
            dropping = true;
            log.warn(
                    LogFamily.FAILURE,
                    "❌ samples of collector {} are dropped ({}) until they are taken again",
                    Text.clean(source),
                    reason);
        }
        return Future.succeededFuture(false);
    }

    /** Why a batch was not evaluated, in one word. */
    static String reason(Throwable cause) {
        if (cause instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.TIMEOUT) {
                return "timeout";
            }
            if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
                return "unreachable";
            }
            return reply.failureCode() == Failure.BUSY ? "busy" : "refused";
        }
        return "refused";
    }
}
