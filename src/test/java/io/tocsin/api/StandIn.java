package io.tocsin.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An appliance as the page sees it: the real page behind the real guard, and answers out of documents that a test puts in.
 * What is put in while it runs goes out on the stream.
 */
public final class StandIn implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, JsonObject> alerts = new ConcurrentHashMap<>();
    private final Map<String, Function<RoutingContext, Object>> answers = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private StandInStream stream;
    private HttpServer server;
    private volatile String refusal;
    private volatile boolean streams = true;
    private volatile UnaryOperator<Object> spoiled = UnaryOperator.identity();
    private volatile JsonObject session = new JsonObject().put("role", "admin").put("accounts", false);

    /** Listens on a free port, or on the one given. */
    public StandIn start(int port) {
        stream = new StandInStream(vertx);
        Router router = Router.router(vertx);
        router.route().order(-1).handler(new Guard(true, new SimpleMeterRegistry())::check);
        Calls calls = new Calls(router);
        new PageRoutes(PageFiles.read()).mount(calls);
        calls.get("/api/v1/stream", ctx -> {
            if (streams) {
                stream.open(ctx);
            } else {
                found(ctx, null);
            }
        });
        calls.get("/api/v1/alerts", this::list);
        calls.get("/api/v1/alerts/:id", ctx -> found(ctx, alerts.get(ctx.pathParam("id"))));
        calls.post("/api/v1/alerts/:id/ack", this::acknowledge);
        calls.post("/api/v1/alerts/:id/resolve", this::resolve);
        calls.get("/api/v1/session", ctx -> Answers.json(ctx, 200, session));
        calls.post("/api/v1/session", this::logIn);
        router.delete("/api/v1/session").handler(ctx -> {
            session = session.copy().putNull("user").putNull("role");
            ctx.response().setStatusCode(204).end();
        });
        calls.get("/api/*", this::other);
        router.route().last().failureHandler(Answers::failed);
        server = vertx.createHttpServer().requestHandler(router);
        await(server.listen(port, "127.0.0.1"));
        return this;
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Its port. */
    public int port() {
        return server.actualPort();
    }

    /** Puts an alert in, or a newer form of it; whoever listens hears of it. */
    public StandIn put(JsonObject alert) {
        alerts.put(alert.getString("id"), alert);
        if (stream != null) {
            stream.send("alert", spoiled.apply(alert));
        }
        return this;
    }

    /** Changes every answer and event before it goes out. */
    public void hostile(UnaryOperator<Object> how) {
        spoiled = how;
    }

    /** An appliance that has no stream. */
    public StandIn withoutStream() {
        streams = false;
        return this;
    }

    /** What a path answers, with a status of 404 if it is null. */
    public StandIn answers(String path, Function<RoutingContext, Object> answer) {
        answers.put(path, answer);
        return this;
    }

    /** Sends an event. */
    public void send(String event, Object data) {
        stream.send(event, data);
    }

    /** Cuts all streams; with or without what was said on them. */
    public void cut(boolean forget) {
        stream.cut(forget);
    }

    /** How many streams there were, and how many went on after an event. */
    public StandInStream stream() {
        return stream;
    }

    /** Refuses to resolve from now on; null for not any more. */
    public void refuse(String reason) {
        refusal = reason;
    }

    /** Has accounts from now on, and nobody is logged in. */
    public void accounts() {
        session = new JsonObject().put("accounts", true).putNull("user").putNull("role");
    }

    /** What was sent: the path and the body. */
    public List<String> commands() {
        return commands;
    }

    /** How often alerts were asked for. */
    public int asked() {
        return asked.get();
    }

    private void list(RoutingContext ctx) {
        asked.incrementAndGet();
        List<String> states = words(ctx, "state");
        List<String> severities = words(ctx, "severity");
        String key = ctx.request().getParam("key");
        int limit = Integer.parseInt(ctx.request().getParam("limit", "100"));
        int from = Integer.parseInt(ctx.request().getParam("cursor", "0"));
        List<JsonObject> all = alerts.values().stream()
                .filter(alert -> states.isEmpty() || states.contains(alert.getString("state")))
                .filter(alert -> severities.isEmpty() || severities.contains(alert.getString("severity")))
                .filter(alert -> key == null || key.equals(alert.getString("key")))
                .sorted((a, b) -> b.getString("since").compareTo(a.getString("since")))
                .toList();
        int to = Math.min(all.size(), from + limit);
        Answers.json(
                ctx,
                200,
                spoiled.apply(new JsonObject()
                        .put("alerts", new JsonArray(all.subList(Math.min(from, to), to)))
                        .put("next_cursor", to < all.size() ? Integer.toString(to) : null)));
    }

    private static List<String> words(RoutingContext ctx, String name) {
        String text = ctx.request().getParam(name, "");
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private void acknowledge(RoutingContext ctx) {
        JsonObject body = ctx.body().asJsonObject();
        String now = Instant.now().toString();
        change(
                ctx,
                alert -> alert.put("state", "acknowledged")
                        .put("acknowledged_at", now)
                        .put("acknowledged_by", body.getString("acknowledged_by"))
                        .put("ack_message", body.getString("ack_message"))
                        .put(
                                "ack_expires_at",
                                body.getString("ack_for") == null ? null : until(body.getString("ack_for")))
                        .putNull("next_escalation_at"));
    }

    private static String until(String span) {
        return Instant.now().plus(Duration.parse("PT" + span)).toString();
    }

    private void resolve(RoutingContext ctx) {
        if (refusal != null) {
            commands.add(ctx.request().path() + " refused");
            Answers.json(ctx, 409, new JsonObject().put("error", refusal));
            return;
        }
        String by = ctx.body().asJsonObject().getString("resolved_by");
        change(
                ctx,
                alert -> alert.put("state", "resolved")
                        .put("resolved_at", Instant.now().toString())
                        .put("resolved_because", "resolved by " + by)
                        .put("resolved_by", by));
    }

    private void change(RoutingContext ctx, UnaryOperator<JsonObject> how) {
        commands.add(ctx.request().path() + " " + ctx.body().asString());
        JsonObject before = alerts.get(ctx.pathParam("id"));
        if (before == null) {
            found(ctx, null);
            return;
        }
        JsonObject after = how.apply(before.copy());
        after.put("revision", before.getInteger("revision") + 1);
        Answers.json(ctx, 200, after);
        put(after);
    }

    private void logIn(RoutingContext ctx) {
        JsonObject body = ctx.body().asJsonObject();
        if (!"secret".equals(body.getString("password"))) {
            Answers.json(ctx, 401, new JsonObject().put("error", "user or password is wrong"));
            return;
        }
        session = new JsonObject()
                .put("accounts", true)
                .put("user", body.getString("user"))
                .put("role", "responder")
                .put("csrf", "token");
        Answers.json(ctx, 200, session);
    }

    private void other(RoutingContext ctx) {
        String path = ctx.request().path();
        Function<RoutingContext, Object> answer = answers.get(path);
        found(ctx, answer == null ? null : answer.apply(ctx));
    }

    private void found(RoutingContext ctx, Object answer) {
        if (answer == null) {
            Answers.json(
                    ctx,
                    404,
                    new JsonObject().put("error", "there is no " + ctx.request().path()));
        } else if (ctx.request().method().equals(HttpMethod.GET)) {
            Answers.json(ctx, 200, spoiled.apply(answer));
        }
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
