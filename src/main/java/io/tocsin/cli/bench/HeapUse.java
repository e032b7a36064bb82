package io.tocsin.cli.bench;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How much heap a series and an open alert take, as the difference between many and few after a full collection. */
final class HeapUse {
    private static final Duration TTL = Duration.ofHours(4);

    private HeapUse() {}

    static Result series(int few, int many, Consumer<String> progress) {
        progress.accept("heap: " + many + " series");
        try (RuleBook book = BenchRules.thresholds("warning", "30s").compiled();
                WholeSession session = new WholeSession(book)) {
            Traffic traffic = new Traffic(many);
            put(session, traffic, 0, few, false);
            long before = used();
            put(session, traffic, few, many, false);
            double each = (double) (used() - before) / (many - few);
            return new Result("heap_series", "heap that a series takes")
                    .with("series", session.watch().session().size())
                    .with("bytes", each);
        }
    }

    static Result alerts(int alerts, Consumer<String> progress) {
        progress.accept("heap: " + alerts + " open alerts");
        try (RuleBook book = BenchRules.thresholds("critical", "0s")
                        .routed()
                        .laddered()
                        .compiled();
                WholeSession session = new WholeSession(book)) {
            Traffic traffic = new Traffic(alerts);
            put(session, traffic, 0, alerts, false);
            long before = used();
            put(session, traffic, 0, alerts, true);
            double each = (double) (used() - before) / alerts;
            return new Result("heap_alert", "heap that an open alert takes with its explanation, orders and history")
                    .with("alerts", session.watch().alerts().size())
                    .with("bytes", each);
        }
    }

    private static void put(WholeSession session, Traffic traffic, int from, int to, boolean crossing) {
        for (int i = from; i < to; i += Traffic.BATCH) {
            List<Metric> batch = new ArrayList<>();
            for (int j = i; j < Math.min(to, i + Traffic.BATCH); j++) {
                batch.add(traffic.reading(j, TTL, crossing));
            }
            traffic.wait(Duration.ofMillis(10));
            session.take(batch, traffic.now());
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
