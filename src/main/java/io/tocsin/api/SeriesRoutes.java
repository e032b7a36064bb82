package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.model.Text;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.regex.Pattern;

/** The last hour of a monitored cluster, as its owner has it in memory: charts, health, and its nodes at present. */
final class SeriesRoutes {
    private static final DeliveryOptions SOON =
            new DeliveryOptions().setSendTimeout(5_000).setLocalOnly(true);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_NAME = 256;
    private static final Pattern CURSOR = Pattern.compile("[0-9a-f]{16}");

    private final EventBus bus;

    SeriesRoutes(EventBus bus) {
        this.bus = bus;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/series", this::series);
        calls.get("/api/v1/clusters/:cluster/nodes", this::nodes);
        calls.get("/api/v1/clusters/:cluster/history", this::history);
    }

    private void series(RoutingContext ctx) {
        QueryString given = QueryString.of(ctx, "cluster", "node", "type", "since", "limit", "cursor");
        JsonObject question = new JsonObject()
                .put("what", "series")
                .put("cluster", given.one("cluster"))
                .put("node", given.one("node"))
                .put("type", given.one("type"))
                .put("since_ms", since(given))
                .put("limit", given.number("limit", 100, 1, 1000));
        String cursor = given.cursor();
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw HttpFault.invalid("cursor: found " + Nearest.quoted(cursor)
                    + "; allowed is the next_cursor of an earlier answer, or none for the first page");
        }
        question.put("after", cursor == null ? "" : cursor);
        // as text, which is not taken apart and put together again on its way
        Answers.send(
                ctx,
                bus.<JsonObject>request(Address.QUERY, question, SOON)
                        .map(reply -> Buffer.buffer(reply.body().getString("result"))));
    }

    private static long since(QueryString given) {
        Duration since = given.duration("since", HOUR);
        return Math.min(since.toSeconds(), LONGEST.toSeconds()) * 1000;
    }

    private void nodes(RoutingContext ctx) {
        QueryString.of(ctx);
        ask(ctx, new JsonObject().put("what", "nodes"));
    }

    private void history(RoutingContext ctx) {
        long since = since(QueryString.of(ctx, "since"));
        ask(ctx, new JsonObject().put("what", "history").put("since_ms", since));
    }

    private void ask(RoutingContext ctx, JsonObject question) {
        String cluster = ctx.pathParam("cluster");
        if (cluster.length() > LONGEST_NAME) {
            throw HttpFault.notFound("there is no cluster " + Nearest.quoted(cluster));
        }
        question.put("cluster", Text.clean(cluster));
        Answers.send(
                ctx,
                bus.<JsonObject>request(Address.QUERY, question, SOON)
                        .map(reply -> reply.body().getValue("result")));
    }
}
