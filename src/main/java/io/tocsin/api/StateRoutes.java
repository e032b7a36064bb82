package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.model.Text;
import io.tocsin.store.Figures;
import io.tocsin.store.History;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How things are now, as the sessions know it: monitored clusters, their health and readings; and figures of the past. */
final class StateRoutes {
    private static final long TIMEOUT_MS = 5_000;
    private static final int MOST_NOISY = 20;

    private final EventBus bus;
    private final StoreReads reads;
    private final History history;
    private final Clock clock;

    StateRoutes(EventBus bus, StoreReads reads, History history, Clock clock) {
        this.bus = bus;
        this.reads = reads;
        this.history = history;
        this.clock = clock;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/clusters", ctx -> ask(ctx, new JsonObject().put("what", "clusters")));
        calls.get("/api/v1/clusters/:cluster/health", ctx -> ask(ctx, about(ctx, "health")));
        calls.get("/api/v1/clusters/:cluster/readings", ctx -> ask(ctx, about(ctx, "readings")));
        calls.get("/api/v1/stats", this::stats);
    }

    private static JsonObject about(RoutingContext ctx, String what) {
        String cluster = ctx.pathParam("cluster");
        if (cluster.length() > 256) {
            throw HttpFault.notFound("there is no cluster " + Nearest.quoted(cluster));
        }
        return new JsonObject().put("what", what).put("cluster", Text.clean(cluster));
    }

    private void ask(RoutingContext ctx, JsonObject question) {
        QueryString.of(ctx);
        DeliveryOptions options =
                new DeliveryOptions().setSendTimeout(TIMEOUT_MS).setLocalOnly(true);
        Future<Object> answer = bus.<JsonObject>request(Address.QUERY, question, options)
                .map(reply -> reply.body().getValue("result"));
        Answers.send(ctx, answer);
    }

    private void stats(RoutingContext ctx) {
        Duration window = QueryString.of(ctx, "since").duration("since", Duration.ofHours(24));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant since = now.minus(window);
        Answers.send(ctx, reads.read(() -> encode(history.stats(since), since, now)));
    }

    private static JsonObject encode(History.Stats stats, Instant since, Instant until) {
        JsonObject receivers = new JsonObject();
        stats.byReceiver().forEach((receiver, states) -> receivers.put(receiver, counts(states)));
        JsonObject json = new JsonObject()
                .put("since", since.toString())
                .put("until", until.toString())
                .put("fired", stats.fired())
                .put("resolved", stats.all().resolved())
                .put("mtta_seconds", stats.meanAckSeconds())
                .put("mttr_seconds", stats.meanResolveSeconds())
                .put("by_rule", counts(stats.byRule()))
                .put("by_type", counts(stats.byType()))
                .put("by_severity", counts(stats.bySeverity()))
                .put("by_node", counts(stats.byNode()));
        means(json, "rule", stats.rules());
        means(json, "severity", stats.severities());
        means(json, "node", stats.nodes());
        return json.put("noisiest", noisiest(stats.rules())).put("by_receiver", receivers);
    }

    /** Only those that have one: nothing acknowledged is no time of zero. */
    private static void means(JsonObject json, String of, Map<String, Figures> figures) {
        JsonObject ack = new JsonObject();
        JsonObject resolve = new JsonObject();
        new TreeMap<>(figures).forEach((name, one) -> {
            if (one.meanAckSeconds() != null) {
                ack.put(name, one.meanAckSeconds());
            }
            if (one.meanResolveSeconds() != null) {
                resolve.put(name, one.meanResolveSeconds());
            }
        });
        json.put("mtta_by_" + of, ack).put("mttr_by_" + of, resolve);
    }

    private static JsonArray noisiest(Map<String, Figures> rules) {
        JsonArray noisiest = new JsonArray();
        rules.entrySet().stream()
                .sorted(Map.Entry.<String, Figures>comparingByValue(
                                Comparator.comparingLong(Figures::fired).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_NOISY)
                .forEach(rule -> noisiest.add(new JsonObject()
                        .put("rule", rule.getKey())
                        .put("fired", rule.getValue().fired())
                        .put("resolved", rule.getValue().resolved())
                        .put("mtta_seconds", rule.getValue().meanAckSeconds())
                        .put("mttr_seconds", rule.getValue().meanResolveSeconds())));
        return noisiest;
    }

    private static JsonObject counts(Map<String, Long> counts) {
        JsonObject json = new JsonObject();
        new TreeMap<>(counts).forEach(json::put);
        return json;
    }
}
