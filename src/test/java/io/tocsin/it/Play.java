package io.tocsin.it;

import io.tocsin.fake.FakePagerDuty;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Many fates at once, those of each monitored cluster on a thread of their own. */
final class Play implements AutoCloseable {
    private final List<Fate> fates;
    private final ScheduledExecutorService threads;
    private final AtomicInteger disturbances;

    /**
     * Begins.
     *
     * @param fates by monitored cluster
     * @param disturbances how often those who watch were disturbed so far; -1 if they never are
     */
    Play(Map<String, List<Fate>> fates, Supplier<Http> door, FakePagerDuty pagerDuty, int disturbances) {
        this.fates = fates.values().stream().flatMap(List::stream).toList();
        this.threads = Executors.newScheduledThreadPool(fates.size());
        this.disturbances = new AtomicInteger(disturbances);
        fates.forEach((cluster, some) -> threads.scheduleWithFixedDelay(
                () -> step(cluster, some, door, pagerDuty), 0, 100, TimeUnit.MILLISECONDS));
    }

    private void step(String cluster, List<Fate> some, Supplier<Http> door, FakePagerDuty pagerDuty) {
        int disturbed = disturbances.get();
        Set<String> called = pagerDuty.incidents().keySet();
        List<JsonObject> alerts;
        try {
            alerts = door.get().alerts("&cluster=" + cluster);
        } catch (UncheckedIOException | AssertionError away) {
            return;
        }
        some.forEach(one -> one.step(door.get(), alerts, called, disturbed));
    }

    /** Those who watch were disturbed and have settled. */
    void disturbed() {
        disturbances.incrementAndGet();
    }

    /** Whether nothing is under way that a disturbance may undo. */
    boolean mayBeDisturbed() {
        return fates.stream().noneMatch(Fate::unsettled);
    }

    boolean over() {
        return fates.stream().allMatch(Fate::over);
    }

    List<Fate> fates() {
        return fates;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
