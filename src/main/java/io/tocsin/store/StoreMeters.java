package io.tocsin.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What the store counts. */
final class StoreMeters {
    private static final Duration[] BUCKETS = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    final Counter committed;
    final Counter fenced;
    final Counter failed;
    final Counter refused;
    final Counter behind;
    final Counter retries;
    final Counter superseded;
    final Counter unreadable;
    final Counter unrecorded;
    final Counter sentUnrecorded;
    final Timer commit;
    private final MeterRegistry registry;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
        this.committed = transactions("committed");
        this.fenced = transactions("fenced");
        this.failed = transactions("failed");
        this.refused = transactions("refused");
        this.behind = transactions("behind_a_failed_one");
        this.retries = Counter.builder("tocsin_store_retries")
                .description("Groups written again after a fault that may pass")
                .register(registry);
        this.unrecorded = Counter.builder("tocsin_store_degraded_transactions")
                .description("Transactions that went out before they were written, as the store was away")
                .register(registry);
        this.sentUnrecorded = Counter.builder("tocsin_store_degraded_sent")
                .description("Notifications sent while the store was away")
                .register(registry);
        this.superseded = outbox("superseded");
        this.unreadable = outbox("unreadable");
        this.commit = Timer.builder("tocsin_store_commit")
                .description("Time to write one group of transactions durably")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter transactions(String outcome) {
        return Counter.builder("tocsin_store_transactions")
                .description("What waited for the writer, by what became of it")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter outbox(String reason) {
        return Counter.builder("tocsin_outbox_dropped")
                .description("Notifications that are not delivered, by reason")
                .tag("reason", reason)
                .register(registry);
    }

    /** Counts deleted rows. */
    void purged(String table, int rows) {
        Counter.builder("tocsin_store_purged")
                .description("Rows deleted past their retention")
                .tag("table", table)
                .register(registry)
                .increment(rows);
    }

    /** Shows whether alerts go out unrecorded. */
    void degraded(Supplier<Number> flag) {
        Gauge.builder("tocsin_store_degraded", flag)
                .description("1 while the store is away and alerts go out unrecorded")
                .register(registry);
    }

    /** Shows how much waits for the writer. */
    void queue(Supplier<Number> length) {
        Gauge.builder("tocsin_store_queue", length)
                .description("Transactions and marks that wait for the writer")
                .register(registry);
    }
}
