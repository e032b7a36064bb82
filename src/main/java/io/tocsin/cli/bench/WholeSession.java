package io.tocsin.cli.bench;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.lane.ClusterWatch;
import io.tocsin.lane.Step;
import io.tocsin.lane.WatchSettings;
import io.tocsin.model.Metric;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a lane does with readings: rules, findings, lifecycle, notifications, commit; only the disk is missing. */
final class WholeSession implements Contender {
    private final Store store = new MemoryStore();
    private final ClusterWatch watch;

    WholeSession(RuleBook book) {
        var session = new SessionSettings(
                Traffic.CLUSTER,
                null,
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                new SeriesLimit(Integer.MAX_VALUE));
        watch = new ClusterWatch(
                book, new WatchSettings(session, Set.of("log")), store.claim(Traffic.CLUSTER), Traffic.BEGIN);
    }

    @Override
    public void take(List<Metric> batch, Instant now) {
        watch.put(List.copyOf(batch), now);
        finish();
    }

    /** Lets time pass; what was decided and is committed. */
    Step advance(Instant to) {
        watch.advance(to);
        return finish();
    }

    private Step finish() {
        Step step = watch.drain();
        if (!step.isEmpty()) {
            store.commit(step.transaction());
        }
        return step;
    }

    ClusterWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
        store.close();
    }
}
