package io.tocsin.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of one receiver's deliveries. */
final class DispatchMeters {
    private final MeterRegistry registry;
    private final String receiver;
    private final Timer took;
    private final Timer delay;

    /** How many notifications wait, as last seen. */
    final AtomicLong backlog = new AtomicLong();

    /** 1 while this member tells the receiver. */
    final AtomicInteger sends = new AtomicInteger();

    /** 1 while the circuit is open or half open. */
    final AtomicInteger circuit = new AtomicInteger();

    DispatchMeters(MeterRegistry registry, String receiver) {
        this.registry = registry;
        this.receiver = receiver;
        took = Timer.builder("tocsin_notification_attempt")
                .description("How long one attempt to deliver took")
                .tag("receiver", receiver)
                .register(registry);
        delay = Timer.builder("tocsin_notification_delay")
                .description("From the decision to tell a receiver to its having been told")
                .tag("receiver", receiver)
                .register(registry);
        Gauge.builder("tocsin_notification_backlog", backlog, AtomicLong::get)
                .description("Notifications that wait for a receiver")
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
