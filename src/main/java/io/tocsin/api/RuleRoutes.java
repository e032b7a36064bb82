package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.model.RuleInfo;
import io.tocsin.store.History;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
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
    private final StoreReads reads;
    private final History history;

    RuleRoutes(EventBus bus, StoreReads reads, History history) {
        this.bus = bus;
        this.reads = reads;
        this.history = history;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/rules", this::rules);
        calls.get("/api/v1/rules/:rule", this::rule);
        calls.post("/-/reload", this::reload);
    }

    private void rules(RoutingContext ctx) {
        QueryString.of(ctx);
        Future<JsonObject> rules = inForce();
        Future<JsonObject> last =
                bus.<JsonObject>request(Address.RELOADED, "", SOON).map(reply -> reply.body());
        Answers.send(ctx, rules.compose(all -> last.otherwiseEmpty().map(one -> all.put("last_reload", one))));
    }

    private Future<JsonObject> inForce() {
        return bus.<JsonObject>request(Address.QUERY, new JsonObject().put("what", "rules"), SOON)
                .map(reply -> reply.body().getJsonObject("result"));
    }

    private void rule(RoutingContext ctx) {
        QueryString.of(ctx);
        String name = ctx.pathParam("rule");
        Future<JsonObject> proved = bus.<JsonObject>request(Address.PROVED, "", SOON)
                .map(reply -> reply.body())
                .otherwiseEmpty();
        Answers.send(ctx, inForce().compose(all -> proved.compose(cases -> reads.read(() -> rule(name, all, cases)))));
    }

    private JsonObject rule(String name, JsonObject all, JsonObject proved) {
        JsonObject known = all.getJsonArray("rules").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> HttpFault.notFound(
                        "there is no rule " + Nearest.quoted(name) + "; GET /api/v1/rules lists those in force"));
        String hash = all.getString("rule_hash");
        RuleInfo text = history.rule(hash, name).orElse(null);
        return known.put("rule_hash", hash)
                .put("doc", text == null ? null : text.doc())
                .put("drl", text == null ? null : text.text())
                .put("scenarios", scenarios(known.getString("file"), hash, proved));
    }

    /** Null if they were not played; none if no scenario lies beside the file. */
    private static JsonArray scenarios(String file, String hash, JsonObject proved) {
        if (proved == null || !hash.equals(proved.getString("rule_hash"))) {
            return null;
        }
        String beside = file.replaceFirst("\\.[^./]*$", "") + ".scenario.yaml";
        JsonArray scenarios = new JsonArray();
        for (Object one : proved.getJsonArray("cases")) {
            JsonObject played = (JsonObject) one;
            if (played.getString("file").equals(beside)) {
                scenarios.add(new JsonObject()
                        .put("name", played.getString("name"))
                        .put("line", played.getInteger("line"))
                        .put("passed", played.getBoolean("passed")));
            }
        }
        return scenarios;
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
