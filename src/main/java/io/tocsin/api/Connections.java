package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps count of connections: only so many at once, fewer of one client, and none that goes on without a whole request, as
 * somebody who sends a header a minute is never idle. For one event loop.
 */
final class Connections {
    private static final long PATIENCE_MS = 60_000;

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final int most;
    private final int mostOfOne;
    private final long patienceMs;
    private final Map<HttpConnection, Long> waiting = new HashMap<>();
    private final Map<String, Integer> byClient = new HashMap<>();
    private int open;

    Connections(Vertx vertx, MeterRegistry registry) {
        this(vertx, registry, 5000, 2000, PATIENCE_MS);
    }

    Connections(Vertx vertx, MeterRegistry registry, int most, int mostOfOne, long patienceMs) {
        this.vertx = vertx;
        this.registry = registry;
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.patienceMs = patienceMs;
    }

    /** A client has connected. */
    void opened(HttpConnection connection) {
        String client = Clients.of(connection.remoteAddress());
        int ofOne = byClient.getOrDefault(client, 0);
        if (open >= most || ofOne >= mostOfOne) {
            count(open >= most ? "connections" : "connections of one client");
            connection.close();
            return;
        }
        open++;
        byClient.put(client, ofOne + 1);
        await(connection);
        connection.closeHandler(closed -> {
            open--;
            byClient.computeIfPresent(client, (name, before) -> before == 1 ? null : before - 1);
            arrived(connection);
        });
    }

    /** The headers of a request are there; the next one may take its time from the end of the answer on. */
    void request(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        arrived(request.connection());
        ctx.addEndHandler(done -> {
            if (done.succeeded()) {
                await(request.connection());
            }
        });
        ctx.next();
    }

    private void await(HttpConnection connection) {
        arrived(connection);
        waiting.put(connection, vertx.setTimer(patienceMs, late -> {
            count("no request in time");
            connection.close();
        }));
    }

    private void arrived(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void count(String reason) {
        registry.counter("tocsin.http.refused", "reason", reason).increment();
    }
}
