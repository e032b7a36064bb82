package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.model.CheckResult;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.Text;
import io.tocsin.notify.ReceiverHealth;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Turns what is known of a receiver into a health check, so that rules alert on it like on anything else: of this host, or,
 * where several members take turns in telling a receiver, of all of them together. It says so when it hears of it and again
 * and again: what was heard before somebody listened is not lost, and an alert that was open before a restart ends on the
 * first success after it. A member that dies leaves its last word to the one that tells the receiver next: what failed
 * there stays so until it works here. A receiver of which nothing was heard yet has no check.
 *
 * <p>Counter: {@code tocsin_receiver_health_dropped_total{reason}} checks that were not evaluated, words of others that are
 * none.
 */
final class ReceiverWatch {
    private static final long EVERY_MS = 20_000;

    /**
     * After a restart nothing is known of a receiver until it is told something, which may take a day. A shorter time to
     * live would make its check a silent source all that while.
     */
    private static final Duration TTL = Duration.ofHours(24);

    private static final int MOST_RECEIVERS = 1000;
    private static final int LONGEST = 2000;

    private final Vertx vertx;
    private final HostSettings host;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Predicate<String> sends;
    private final Map<String, ReceiverHealth> known = new ConcurrentHashMap<>();

    /**
     * For one member.
     *
     * @param host the cluster and node whose checks they are
     * @param sends whether this member tells a receiver
     */
    ReceiverWatch(Vertx vertx, HostSettings host, Clock clock, MeterRegistry registry, Predicate<String> sends) {
        this.vertx = vertx;
        this.host = host;
        this.clock = clock;
        this.registry = registry;
        this.sends = sends;
    }

    /** One that hears of what other members know, and says again and again what it knows. */
    static ReceiverWatch begin(
            Vertx vertx, HostSettings host, Clock clock, MeterRegistry registry, Predicate<String> sends) {
        ReceiverWatch watch = new ReceiverWatch(vertx, host, clock, registry, sends);
        vertx.eventBus().<Object>consumer(Address.MEMBER_RECEIVERS, message -> watch.learn(message.body()));
        vertx.setPeriodic(EVERY_MS, any -> watch.again());
        return watch;
    }

    /** There are news of a receiver. On any thread. */
    void heard(ReceiverHealth health) {
        if (!health.last()) {
            known.put(health.receiver(), health);
            tell(health);
        }
    }

    /** Says all once more that is this member's to say. */
    void again() {
        known.values().stream().filter(one -> sends.test(one.receiver())).forEach(this::tell);
    }

    private void tell(ReceiverHealth health) {
        vertx.eventBus()
                .publish(
                        Address.MEMBER_RECEIVERS,
                        new JsonObject()
                                .put("receiver", health.receiver())
                                .put("up", health.up())
                                .put("reason", health.reason())
                                .put("alert_id", health.alertId()));
        send(health);
    }

    /** What the one that tells a receiver says of it; or anybody. */
    private void learn(Object body) {
        if (body instanceof JsonObject json
                && text(json, "receiver") != null
                && json.getValue("up") instanceof Boolean up
                && (known.size() < MOST_RECEIVERS || known.containsKey(text(json, "receiver")))) {
            String receiver = text(json, "receiver");
            if (!sends.test(receiver)) {
                known.put(receiver, new ReceiverHealth(receiver, up, text(json, "reason"), text(json, "alert_id")));
            }
        } else {
            dropped("no word of a receiver");
        }
    }

    private static String text(JsonObject json, String field) {
        return json.getValue(field) instanceof String text && text.length() <= LONGEST && Text.isClean(text)
                ? text
                : null;
    }

    private void send(ReceiverHealth health) {
        HealthCheck check = new HealthCheck(
                Head.of(host.cluster(), host.node(), clock.instant(), TTL),
                health.checkName(),
                health.up() ? CheckResult.PASS : CheckResult.FAIL,
                null,
                health.alertId() == null ? Map.of() : Map.of("alert_id", health.alertId()),
                health.reason());
        vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(List.of(check)), Address.LOCAL)
                .onFailure(fault -> dropped(reason(fault)));
    }

    private void dropped(String reason) {
        registry.counter("tocsin_receiver_health_dropped_total", "reason", reason)
                .increment();
    }

    private static String reason(Throwable fault) {
        return fault instanceof ReplyException reply
                ? reply.failureType().name().toLowerCase(Locale.ROOT)
                : "broken";
    }
}
