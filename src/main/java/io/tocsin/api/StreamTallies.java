package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.store.History;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** How many alerts there are: open ones as the sessions say, and those that ended today as the store does. */
final class StreamTallies {
    private static final DeliveryOptions SOON =
            new DeliveryOptions().setSendTimeout(5_000).setLocalOnly(true);

    /** A day may begin without an event. */
    private static final int EVERY_SECONDS = 30;

    private final EventBus bus;
    private final StoreReads reads;
    private final History history;
    private final Clock clock;
    private boolean asking;
    private boolean due = true;
    private int seconds;

    StreamTallies(EventBus bus, StoreReads reads, History history, Clock clock) {
        this.bus = bus;
        this.reads = reads;
        this.history = history;
        this.clock = clock;
    }

    /** It may be another one now. */
    void due() {
        due = true;
    }

    /** Counts, unless nothing can have changed; to be called once a second. */
    void ask(Consumer<JsonObject> told) {
        seconds++;
        if (asking || !due && seconds < EVERY_SECONDS) {
            return;
        }
        asking = true;
        due = false;
        seconds = 0;
        Instant today = clock.instant()
                .atZone(clock.getZone())
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        bus.<JsonObject>request(Address.QUERY, new JsonObject().put("what", "tally"), SOON)
                .map(reply -> reply.body().getJsonObject("result"))
                .compose(open ->
                        reads.read(() -> history.resolvedSince(today)).map(over -> open.put("resolved_today", over)))
                .onComplete(any -> asking = false)
                .onSuccess(told::accept)
                .onFailure(any -> due = true);
    }
}
