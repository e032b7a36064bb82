package io.tocsin.collect.probe;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which probes wait for lookups and commands: their own, so that a slow one delays nobody else's work. */
final class Workers {
    private static final int THREADS = 16;

    private Workers() {}

    /** A handle of the shared threads; they end when the last handle is closed. */
    static WorkerExecutor of(Vertx vertx) {
        // probes keep their own time: the limit only silences the warning of a blocked thread
        return vertx.createSharedWorkerExecutor("tocsin-probe", THREADS, 10, TimeUnit.MINUTES);
    }
}
