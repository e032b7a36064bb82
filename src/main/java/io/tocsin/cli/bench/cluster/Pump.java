package io.tocsin.cli.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends as much as members take: so many bodies are under way at any time. */
final class Pump {
    private static final int UNDER_WAY = 12;
    private static final int AGAIN_MS = 50;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Doors doors;
    private final List<Parcel> parcels;
    private final AtomicLong evaluated = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean running;

    /** A body for a member, and how many readings it holds. */
    record Parcel(Member to, Buffer body, int readings) {}

    /** Sends these again and again. */
    Pump(Vertx vertx, Doors doors, List<Parcel> parcels) {
        this.vertx = vertx;
        this.doors = doors;
        this.parcels = parcels;
    }

    void start() {
        running = true;
        for (int i = 0; i < UNDER_WAY; i++) {
            underWay.incrementAndGet();
            next();
        }
    }

    private void next() {
        if (!running) {
            underWay.decrementAndGet();
            return;
        }
        Parcel parcel = parcels.get(Math.floorMod(turn.getAndIncrement(), parcels.size()));
        doors.post(parcel.to(), parcel.body()).onComplete((accepted, fault) -> {
            if (fault == null && accepted) {
                evaluated.addAndGet(parcel.readings());
                next();
            } else {
                vertx.setTimer(AGAIN_MS, any -> next());
            }
        });
    }

    /** How many readings were evaluated so far. */
    long evaluated() {
        return evaluated.get();
    }

    /** Sends until so many readings were evaluated, and no more. */
    void run(long readings) {
        start();
        Waits.until(readings + " readings are evaluated", LONGEST, () -> evaluated() >= readings);
        stop();
    }

    /** Sends no more and waits for what is under way. */
    void stop() {
        running = false;
        Waits.until("what is under way is answered", DRAIN, () -> underWay.get() == 0);
    }
}
