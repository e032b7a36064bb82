package io.tocsin.notify.watchdog;

import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Proves that the appliance works: a reading goes the way of all readings, and it is answered once rules saw it and it is stored. */
final class Heartbeat {
    /** The monitored cluster that it belongs to. */
    static final String CLUSTER = "tocsin";

    /** The heart may move to another member; that this one is silent then is no matter. */
    private static final Duration TTL = Duration.ofHours(24);

    private final Vertx vertx;
    private final String node;
    private final Supplier<Instant> clock;
    private final DeliveryOptions patience;
    private long beats;

    Heartbeat(Vertx vertx, String node, Supplier<Instant> clock, Duration patience) {
        this.vertx = vertx;
        this.node = node;
        this.clock = clock;
        this.patience = new DeliveryOptions().setLocalOnly(true).setSendTimeout(patience.toMillis());
    }

    /**
     * A beat that went all the way.
     *
     * @param number how many there were since the start
     * @param took how long it took
     */
    record Beat(long number, Duration took) {}

    /** Beats once; fails if it does not come through in time. */
    Future<Beat> beat() {
        long number = ++beats;
        long from = System.nanoTime();
        Metric reading = new Metric(Head.of(CLUSTER, node, clock.get(), TTL), "heartbeat", number);
        return vertx.eventBus()
                .request(Address.INTAKE, new TelemetryBatch(List.of(reading)), patience)
                .map(evaluated -> new Beat(number, Duration.ofNanos(System.nanoTime() - from)));
    }
}
