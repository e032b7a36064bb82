package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.bus.AlertJson;
import io.tocsin.model.Because;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Text;
import io.tocsin.store.History;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;

/** Why an alert is, and why a rule says nothing. */
final class WhyRoutes {
    private static final long TIMEOUT_MS = 5_000;
    private static final long PATIENCE_MS = 1_000;
    private static final int LONGEST_NAME = 256;
    private static final List<String> SHORT = List.of(
            "id",
            "key",
            "cluster",
            "node",
            "subject",
            "alert_type",
            "severity",
            "message",
            "state",
            "value",
            "limit",
            "limit_type",
            "escalation_level",
            "since",
            "fired_at",
            "acknowledged_by",
            "resolved_at",
            "resolved_because",
            "revision");

    private final EventBus bus;
    private final StoreReads reads;
    private final History history;
    private final Clock clock;

    WhyRoutes(EventBus bus, StoreReads reads, History history, Clock clock) {
        this.bus = bus;
        this.reads = reads;
        this.history = history;
        this.clock = clock;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/alerts/:id/why", this::why);
        calls.get("/api/v1/rules/:rule/why-not", this::whyNot);
    }

    private void whyNot(RoutingContext ctx) {
        QueryString given = QueryString.of(ctx, "node", "cluster");
        String rule = ctx.pathParam("rule");
        if (rule.length() > LONGEST_NAME) {
            throw HttpFault.notFound("there is no rule " + Nearest.quoted(rule));
        }
        JsonObject question = new JsonObject()
                .put("what", "why-not")
                .put("rule", Text.clean(rule))
                .put("node", Text.clean(given.one("node")))
                .put("cluster", Text.clean(given.one("cluster")));
        Answers.send(ctx, ask(question, TIMEOUT_MS));
    }

    private Future<Object> ask(JsonObject question, long timeoutMs) {
        DeliveryOptions options =
                new DeliveryOptions().setSendTimeout(timeoutMs).setLocalOnly(true);
        return bus.<JsonObject>request(Address.QUERY, question, options)
                .map(reply -> reply.body().getValue("result"));
    }

    private void why(RoutingContext ctx) {
        QueryString.of(ctx);
        String id = ctx.pathParam("id");
        Future<JsonObject> stored = reads.read(() -> history.life(id)
                .map(this::why)
                .orElseThrow(() -> HttpFault.notFound(
                        "there is no alert " + Nearest.quoted(id) + "; GET /api/v1/alerts lists those that are kept")));
        Answers.send(ctx, stored.compose(this::withWhatSessionsKnow).map(JsonObject::toBuffer));
    }

    /** What is stored is an answer by itself: nobody waits for a session that is away. */
    private Future<JsonObject> withWhatSessionsKnow(JsonObject why) {
        JsonObject question = new JsonObject()
                .put("what", "suppressed")
                .put("alert_id", why.getString("alert_id"))
                .put("cluster", why.getJsonObject("alert").getString("cluster"));
        return ask(question, PATIENCE_MS)
                .map(known -> {
                    if (known instanceof JsonArray suppressed) {
                        why.getJsonArray("suppressed_by").addAll(suppressed);
                    }
                    return why;
                })
                .otherwise(why);
    }

    private JsonObject why(Life life) {
        JsonObject whole = AlertJson.encode(life.alert());
        JsonObject brief = new JsonObject();
        SHORT.forEach(name -> brief.put(name, whole.getValue(name)));
        JsonArray because = new JsonArray();
        life.because().forEach(reason -> because.add(reason(life.alert().ruleHash(), reason)));
        List<Notification> notifications = history.notifications(life.alert().id());
        JsonObject json = new JsonObject()
                .put("alert_id", life.alert().id())
                .put("alert", brief)
                .put("rule_hash", life.alert().ruleHash())
                .put("because", because)
                .put("suppressed_by", Suppressions.of(life, notifications, clock.instant()));
        return told(json, history, life, notifications);
    }

    /** Adds what happened and who was told. */
    static JsonObject told(JsonObject json, History history, Life life, List<Notification> notifications) {
        JsonArray transitions = new JsonArray();
        history.transitions(life.alert().id()).forEach(transition -> transitions.add(AlertJson.encode(transition)));
        JsonArray told = new JsonArray();
        notifications.forEach(notification -> told.add(AlertJson.encode(notification)));
        return json.put("transitions", transitions).put("notifications", told);
    }

    private JsonObject reason(String ruleHash, Because reason) {
        String hash = reason.ruleHash() == null ? ruleHash : reason.ruleHash();
        String text =
                history.rule(hash, reason.rule().name()).map(RuleInfo::text).orElse(null);
        JsonObject json = AlertJson.encode(reason);
        return new JsonObject()
                .put("rule", json.remove("rule"))
                .put("text", text)
                .mergeIn(json)
                .put("rule_hash", hash);
    }
}
