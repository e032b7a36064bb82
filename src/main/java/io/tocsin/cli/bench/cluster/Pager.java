package io.tocsin.cli.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Stands for PagerDuty: takes events on loopback and keeps what they say. */
final class Pager implements AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int INVALID = 400;

    private final Incidents incidents = new Incidents();
    private final HttpServer server;

    Pager(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .await();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            long now = System.nanoTime();
            try {
                heard(new JsonObject(body), now);
                request.response().setStatusCode(ACCEPTED).end("{\"status\":\"success\"}");
            } catch (DecodeException | ClassCastException | NullPointerException wrong) {
                request.response().setStatusCode(INVALID).end("{\"status\":\"invalid event\"}");
            }
        });
    }

    private void heard(JsonObject event, long now) {
        String key = event.getString("dedup_key");
        switch (event.getString("event_action")) {
            case "trigger" ->
                incidents.trigger(key, event.getJsonObject("payload").getString("source"), now);
            case "resolve" -> incidents.resolve(key);
            default -> {}
        }
    }

    Incidents incidents() {
        return incidents;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/v2/enqueue";
    }

    @Override
    public void close() {
        server.close();
    }
}
