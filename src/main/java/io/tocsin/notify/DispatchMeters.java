package io.tocsin.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What is counted of one receiver's deliveries. */
final class DispatchMeters {
    private static final Duration[] BUCKETS = IntStream.of(
                    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String receiver;
    private final Timer took;
    private final Timer delay;

    /** How many notifications wait, as last seen, and since when the oldest does. */
    private final AtomicLong backlog = new AtomicLong();

    private final AtomicReference<Instant> oldest = new AtomicReference<>();

    /** 1 while this member tells the receiver. */
    final AtomicInteger sends = new AtomicInteger();

    /** 1 while the circuit is open or half open. */
    final AtomicInteger circuit = new AtomicInteger();

    DispatchMeters(MeterRegistry registry, String receiver, Supplier<Instant> now) {
        this.registry = registry;
        this.receiver = receiver;
        took = Timer.builder("tocsin_notification_attempt")
                .description("How long one attempt to deliver took")
                .tag("receiver", receiver)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        delay = Timer.builder("tocsin_notification_delay")
                .description("From the decision to tell a receiver to its having been told")
                .tag("receiver", receiver)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        Gauge.builder("tocsin_notification_backlog", backlog, AtomicLong::get)
                .description("Notifications that wait for a receiver")
                .tag("receiver", receiver)
                .register(registry);
        Gauge.builder("tocsin_notification_oldest", oldest, held -> age(held.get(), now))
                .description("How long the oldest notification that waits for a receiver has waited")
                .baseUnit("seconds")
                .tag("receiver", receiver)
                .register(registry);
        Gauge.builder("tocsin_receiver_sends", sends, AtomicInteger::get)
                .description("1 while this member is the one that tells the receiver")
                .tag("receiver", receiver)
                .register(registry);
        Gauge.builder("tocsin_receiver_circuit_open", circuit, AtomicInteger::get)
                .description("1 while a receiver that failed several times in a row is left alone")
                .tag("receiver", receiver)
                .register(registry);
    }

    private static double age(Instant since, Supplier<Instant> now) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, now.get()).toMillis() / 1000.0);
    }

    /** So many wait, the oldest since an instant; null if none does. Any thread may say so. */
    void waits(long notifications, Instant since) {
        backlog.set(notifications);
        oldest.set(since);
    }

    void attempt(String outcome, Duration duration) {
        counter("tocsin_notifications", "What came of attempts to tell a receiver", outcome)
                .increment();
        if (!duration.isNegative()) {
            took.record(duration);
        }
    }

    void told(Duration sinceDecision) {
        delay.record(sinceDecision.isNegative() ? Duration.ZERO : sinceDecision);
    }

    void outboxFailed(String what) {
        counter("tocsin_notification_outbox_errors", "Calls of the outbox that failed and are tried again", what)
                .increment();
    }

    private Counter counter(String name, String description, String outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("receiver", receiver)
                .tag("outcome", outcome)
                .register(registry);
    }
}
