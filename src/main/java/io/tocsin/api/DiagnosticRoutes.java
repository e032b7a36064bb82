package io.tocsin.api;

import io.tocsin.bus.TelemetryJson;
import io.tocsin.store.Diagnostics;
import io.tocsin.store.History;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Traces, analyses and snapshots that are kept, also those that were captured for an alert. */
final class DiagnosticRoutes {
    private final StoreReads reads;
    private final History history;

    DiagnosticRoutes(StoreReads reads, History history) {
        this.reads = reads;
        this.history = history;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/diagnostics", this::list);
        calls.get("/api/v1/diagnostics/:id", this::one);
    }

    private void list(RoutingContext ctx) {
        QueryString given = QueryString.of(ctx, "cluster", "type", "node", "alert_id", "limit", "cursor");
        Diagnostics.Query query = new Diagnostics.Query(
                given.one("cluster"),
                given.one("type"),
                given.one("node"),
                given.one("alert_id"),
                given.cursor(),
                given.number("limit", 50, 1, 200));
        Answers.send(ctx, reads.read(() -> page(query)));
    }

    private Buffer page(Diagnostics.Query query) {
        Diagnostics.Page page;
        try {
            page = history.diagnostics(query);
        } catch (IllegalArgumentException e) {
            throw HttpFault.invalid(e.getMessage());
        }
        JsonArray diagnostics = new JsonArray();
        page.diagnostics().forEach(one -> diagnostics.add(json(one)));
        return new JsonObject()
                .put("diagnostics", diagnostics)
                .put("next_cursor", page.next())
                .toBuffer();
    }

    private void one(RoutingContext ctx) {
        QueryString.of(ctx);
        String id = ctx.pathParam("id");
        Answers.send(
                ctx,
                reads.read(() -> history.diagnostic(id)
                        .map(DiagnosticRoutes::json)
                        .map(JsonObject::toBuffer)
                        .orElseThrow(() -> HttpFault.notFound("there is no diagnostic " + Nearest.quoted(id)
                                + "; GET /api/v1/diagnostics lists those that are kept"))));
    }

    private static JsonObject json(Diagnostics.Kept kept) {
        return new JsonObject()
                .put("id", kept.id())
                .put("cluster", kept.telemetry().cluster())
                .put("type", kept.telemetry().type())
                .put("node", kept.telemetry().node())
                .put("alert_id", kept.telemetry().labels().get(Diagnostics.ALERT_LABEL))
                .put("at", kept.at().toString())
                .put("document", TelemetryJson.encode(kept.telemetry()));
    }
}
