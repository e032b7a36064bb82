package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs what blocks, foremost reads of the store, on threads of the API's own; only so many wait. */
final class StoreReads {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 64;
    private static final long TIMEOUT_SECONDS = 15;

    private final WorkerExecutor threads;
    private final MeterRegistry registry;
    private final AtomicInteger waiting = new AtomicInteger();

    StoreReads(Vertx vertx, MeterRegistry registry) {
        this.threads = vertx.createSharedWorkerExecutor("tocsin-api", THREADS);
        this.registry = registry;
    }

    /** What the work gives; fails if too much waits, or if it takes too long. */
    <T> Future<T> read(Callable<T> work) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            registry.counter("tocsin.http.refused", "reason", "busy").increment();
            return Future.failedFuture(HttpFault.busy("too many requests wait for the store; try again in a second"));
        }
        return threads.executeBlocking(work, false)
                .onComplete(done -> waiting.decrementAndGet())
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    Future<Void> close() {
        return threads.close();
    }
}
