package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Answers that go on. They end soon after the session or the account of whoever hears them does. */
final class Lasting {
    private static final long LOOK_MS = 5000;

    private final MeterRegistry registry;
    private final Map<HttpConnection, BooleanSupplier> open = new HashMap<>();

    Lasting(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(Vertx vertx) {
        vertx.setPeriodic(LOOK_MS, any -> look());
    }

    void add(RoutingContext ctx, BooleanSupplier still) {
        HttpConnection connection = ctx.request().connection();
        open.put(connection, still);
        ctx.addEndHandler(done -> open.remove(connection, still));
    }

    private void look() {
        new ArrayList<>(open.entrySet()).forEach(one -> {
            if (!one.getValue().getAsBoolean()) {
                registry.counter("tocsin.http.refused", "reason", "session ended")
                        .increment();
                open.remove(one.getKey());
                one.getKey().close();
            }
        });
    }
}
