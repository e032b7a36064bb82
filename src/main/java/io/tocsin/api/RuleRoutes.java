package io.tocsin.api;

import io.tocsin.bus.Address;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The rules in force, how the last reload went, and a reload now. */
final class RuleRoutes {
    private static final DeliveryOptions SOON =
            new DeliveryOptions().setSendTimeout(5_000).setLocalOnly(true);

    /** Compiling and playing every scenario takes its time. */
    private static final DeliveryOptions LATE =
            new DeliveryOptions().setSendTimeout(55_000).setLocalOnly(true);

    private final EventBus bus;

    RuleRoutes(EventBus bus) {
        this.bus = bus;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/rules", this::rules);
        calls.post("/-/reload", this::reload);
    }

    private void rules(RoutingContext ctx) {
        QueryString.of(ctx);
        Future<JsonObject> rules = bus.<JsonObject>request(Address.QUERY, new JsonObject().put("what", "rules"), SOON)
                .map(reply -> reply.body().getJsonObject("result"));
        Future<JsonObject> last =
                bus.<JsonObject>request(Address.RELOADED, "", SOON).map(reply -> reply.body());
        Answers.send(ctx, rules.compose(all -> last.otherwiseEmpty().map(one -> all.put("last_reload", one))));
    }

    private void reload(RoutingContext ctx) {
        boolean force = QueryString.of(ctx, "force").flag("force", false);
        JsonObject question = new JsonObject().put("trigger", "http").put("force", force);
        bus.publish(Address.RELOAD_ACCESS, "", Address.LOCAL);
        bus.<JsonObject>request(Address.RELOAD, question, LATE)
                .onSuccess(reply -> {
                    JsonObject body = reply.body().getJsonObject("body");
                    Asker.asker(ctx).about("rules", body.getString("result") + ", hash " + body.getString("rule_hash"));
                    Answers.json(ctx, reply.body().getInteger("status"), body);
                })
                .onFailure(ctx::fail);
    }
}
