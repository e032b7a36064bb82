package io.tocsin.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Slack's incoming webhooks as far as a sender meets them: checks every limit and escape, lets one message a second pass
 * (two at once), keeps the messages. {@code FakeSlack.start(vertx)}, then {@link #url}, {@link #messages}, {@link #violations}.
 */
public final class FakeSlack {
    private static final double BURST = 2;

    private final FakeServer server;
    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final Map<String, Bucket> buckets = new HashMap<>();

    private record Bucket(double tokens, Instant at) {}

    private FakeSlack(Vertx vertx, Supplier<Instant> now) {
        server = new FakeServer(vertx, now, this::take);
    }

    /** A server on a free port, by the real time. Blocks until it listens. */
    public static FakeSlack start(Vertx vertx) {
        return start(vertx, Instant::now);
    }

    /** The same by another time, for its limits. */
    public static FakeSlack start(Vertx vertx, Supplier<Instant> now) {
        return new FakeSlack(vertx, now);
    }

    /** A webhook. */
    public String url() {
        return url("fake");
    }

    /** A webhook whose secret part is this. */
    public String url(String secret) {
        return server.address() + "/services/T0000/B0000/" + secret;
    }

    /** What it does with the next requests, one each; then it works again. */
    public FakeSlack play(Fault... faults) {
        server.faults.addAll(List.of(faults));
        return this;
    }

    /** Every message that was posted, in order. */
    public List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    /** How many requests there were. */
    public int requests() {
        return server.requests.get();
    }

    /** What senders did that they must not do. */
    public List<String> violations() {
        return List.copyOf(server.violations);
    }

    /** Stops listening. */
    public void stop() {
        server.stop();
    }

    private Fault take(HttpServerRequest request, Buffer body, Instant now) {
        if (!request.path().matches("/services/T\\w+/B\\w+/[\\w-]+")) {
            return Fault.answer(404, "no_service");
        }
        if (!pass(request.path(), now)) {
            return Fault.rateLimited(Duration.ofSeconds(1));
        }
        JsonObject message;
        try {
            message = new JsonObject(body);
        } catch (DecodeException e) {
            server.violations.add("no JSON object");
            return Fault.answer(400, "invalid_payload");
        }
        List<String> wrong = SlackContract.check(message);
        if (!wrong.isEmpty()) {
            server.violations.addAll(wrong);
            return Fault.answer(400, "invalid_blocks");
        }
        messages.add(message);
        return Fault.answer(200, "ok");
    }

    private boolean pass(String webhook, Instant now) {
        Bucket bucket = buckets.getOrDefault(webhook, new Bucket(BURST, now));
        double tokens = Math.min(
                BURST, bucket.tokens() + Duration.between(bucket.at(), now).toMillis() / 1000.0);
        buckets.put(webhook, new Bucket(tokens < 1 ? tokens : tokens - 1, now));
        return tokens >= 1;
    }
}
