package io.tocsin.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What those who run the appliance ask for: alive, ready, figures, and what the API offers. */
final class ServiceRoutes {
    private static final int MOST_SCRAPES = 20;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StoreReads reads;
    private final ApiSources sources;

    ServiceRoutes(StoreReads reads, ApiSources sources) {
        this.reads = reads;
        this.sources = sources;
    }

    void mount(Calls calls) {
        Buffer description = resource("openapi.json");
        calls.get("/api/openapi.json", ctx -> Answers.json(ctx, 200, description));
        calls.get("/-/healthy", this::healthy);
        calls.get("/-/ready", this::ready);
        calls.get("/metrics", this::metrics);
    }

    /** Something that starts processes anew looks here. */
    private void healthy(RoutingContext ctx) {
        Readiness now = sources.readiness().get();
        JsonObject answer = new JsonObject().put("healthy", now.healthy());
        Answers.json(ctx, now.healthy() ? 200 : 503, now.healthy() ? answer : answer.put("reason", now.trouble()));
    }

    private void ready(RoutingContext ctx) {
        Readiness now = sources.readiness().get();
        JsonObject answer = new JsonObject()
                .put("ready", now.ready())
                .put("joined", now.joined())
                .put("store", now.store())
                .put("rules", now.rules());
        Answers.json(ctx, now.ready() ? 200 : 503, now.healthy() ? answer : answer.put("reason", now.trouble()));
    }

    private void metrics(RoutingContext ctx) {
        // a gauge may ask the store
        reads.read(() -> Buffer.buffer(scraped()))
                .onSuccess(text -> Answers.write(ctx, 200, METRICS_TYPE, text))
                .onFailure(ctx::fail);
    }

    /** A row that is replaced while it is read is there twice for a moment; then all is read again. */
    private String scraped() {
        for (int attempt = 1; ; attempt++) {
            try {
                return sources.metrics().scrape();
            } catch (IllegalArgumentException replaced) {
                if (attempt == MOST_SCRAPES) {
                    throw replaced;
                }
            }
        }
    }

    private static Buffer resource(String name) {
        try (InputStream in = ServiceRoutes.class.getResourceAsStream(name)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the jar", e);
        }
    }
}
