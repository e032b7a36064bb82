package io.tocsin.membership;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks the other members what time it is. Half of the way there and back is taken off; an answer that took longer than a
 * second says nothing and is dropped.
 */
final class ClockRounds {
    private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(1000);
    private static final Duration MOST_LATE = Duration.ofSeconds(1);

    /** No clock is that far off: some other program answers. */
    private static final long MOST_OFF_MS = Duration.ofDays(36_500).toMillis();

    private final Vertx vertx;
    private final String me;
    private final Supplier<Instant> clock;
    private final MeterRegistry registry;
    private final Map<String, Duration> offsets = new ConcurrentHashMap<>();

    ClockRounds(Vertx vertx, String me, Supplier<Instant> clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.me = me;
        this.clock = clock;
        this.registry = registry;
    }

    /** From now on answers whoever asks this member. */
    void answer() {
        vertx.eventBus().<Object>consumer(address(me), this::reply);
    }

    private void reply(Message<Object> message) {
        message.reply(new JsonObject().put("at_ms", clock.get().toEpochMilli()));
    }

    private static String address(String place) {
        return Address.MEMBER + place + ".clock";
    }

    /** Asks them all once more; forgets who is not among them. */
    void ask(Collection<String> places) {
        offsets.keySet().retainAll(places);
        places.stream().filter(place -> !place.equals(me)).forEach(this::ask);
    }

    /** Asks those of whom nothing is known. */
    void askUnknown(Set<String> places) {
        places.stream()
                .filter(place -> !place.equals(me) && !offsets.containsKey(place))
                .forEach(this::ask);
    }

    private void ask(String place) {
        long from = System.nanoTime();
        Instant asked = clock.get();
        vertx.eventBus()
                .<Object>request(address(place), new JsonObject(), PATIENCE)
                .onSuccess(reply -> heard(place, reply.body(), asked, Duration.ofNanos(System.nanoTime() - from)));
    }

    private void heard(String place, Object body, Instant asked, Duration took) {
        if (took.compareTo(MOST_LATE) > 0) {
            return;
        }
        if (body instanceof JsonObject json && json.getValue("at_ms") instanceof Number at) {
            long off = at.longValue() - asked.plus(took.dividedBy(2)).toEpochMilli();
            if (Math.abs(off) < MOST_OFF_MS) {
                offsets.put(place, Duration.ofMillis(off));
                return;
            }
        }
        registry.counter("tocsin_members_ignored_total", "reason", "clock").increment();
    }

    /** By place, how far a clock is ahead of this member's, as far as known. */
    Map<String, Duration> offsets() {
        Map<String, Duration> all = new TreeMap<>(offsets);
        all.put(me, Duration.ZERO);
        return all;
    }
}
