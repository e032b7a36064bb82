package io.tocsin.api;

import io.tocsin.bus.AlertJson;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.Severity;
import io.tocsin.store.History;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Function;

/** What is stored of alerts: lists, one, what happened to it. */
final class AlertRoutes {
    private final StoreReads reads;
    private final History history;

    AlertRoutes(StoreReads reads, History history) {
        this.reads = reads;
        this.history = history;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/alerts", this::list);
        calls.get("/api/v1/alerts/:id", ctx -> about(ctx, life -> AlertJson.encode(life.alert())));
        calls.get("/api/v1/alerts/:id/history", ctx -> about(ctx, this::happened));
    }

    private void list(RoutingContext ctx) {
        QueryString given = QueryString.of(
                ctx, "state", "severity", "cluster", "node", "alert_type", "key", "q", "limit", "cursor");
        Set<Severity> severities = given.words("severity", Severity.values());
        History.Query query = new History.Query(
                given.words("state", AlertState.values()),
                severities.isEmpty() ? null : severities,
                given.one("cluster"),
                given.one("node"),
                given.one("alert_type"),
                given.key(),
                given.one("q"),
                given.cursor(),
                given.number("limit", 100, 1, 1000));
        Answers.send(ctx, reads.read(() -> page(query)));
    }

    private Buffer page(History.Query query) {
        History.Page page;
        try {
            page = history.alerts(query);
        } catch (IllegalArgumentException e) {
            if (query.cursor() == null) {
                throw e;
            }
            throw HttpFault.invalid("cursor: found " + Nearest.quoted(query.cursor())
                    + "; allowed is the next_cursor of an earlier answer, or none for the first page");
        }
        JsonArray alerts = new JsonArray();
        page.alerts().forEach(alert -> alerts.add(AlertJson.encode(alert)));
        return new JsonObject()
                .put("alerts", alerts)
                .put("next_cursor", page.next())
                .toBuffer();
    }

    private void about(RoutingContext ctx, Function<Life, JsonObject> answer) {
        QueryString.of(ctx);
        String id = ctx.pathParam("id");
        Answers.send(
                ctx,
                reads.read(() -> history.life(id)
                        .map(answer)
                        .map(JsonObject::toBuffer)
                        .orElseThrow(() -> HttpFault.notFound("there is no alert " + Nearest.quoted(id)
                                + "; GET /api/v1/alerts lists those that are kept"))));
    }

    private JsonObject happened(Life life) {
        return WhyRoutes.told(
                new JsonObject(),
                history,
                life,
                history.notifications(life.alert().id()));
    }
}
