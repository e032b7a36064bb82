package io.tocsin.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * PagerDuty's Events API v2 as far as a sender meets it: checks every event, keeps a table of incidents by deduplication key,
 * counts requests a minute. {@code FakePagerDuty.start(vertx)}, then {@link #url}, {@link #incidents}, {@link #violations}.
 */
public final class FakePagerDuty {
    private static final int MOST_BYTES = 512_000;
    private static final int MOST_PER_MINUTE = 120;
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    /** Where an incident stands. */
    public enum State {
        /** Somebody is being called. */
        TRIGGERED,
        /** Somebody answered. */
        ACKED,
        /** Over; the next trigger of its key opens a new one. */
        RESOLVED
    }

    /**
     * An incident.
     *
     * @param state where it stands
     * @param opened how many times one of this key was opened
     * @param triggers how many trigger events there were since it was opened last
     * @param payload the latest payload
     */
    public record Incident(State state, int opened, int triggers, JsonObject payload) {}

    private final FakeServer server;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final Deque<Instant> lastMinute = new ArrayDeque<>();

    private FakePagerDuty(Vertx vertx, Supplier<Instant> now) {
        server = new FakeServer(vertx, now, this::take);
    }

    /** A server on a free port, by the real time. Blocks until it listens. */
    public static FakePagerDuty start(Vertx vertx) {
        return start(vertx, Instant::now);
    }

    /** The same by another time, for its limits. */
    public static FakePagerDuty start(Vertx vertx, Supplier<Instant> now) {
        return new FakePagerDuty(vertx, now);
    }

    /** Where events go. */
    public String url() {
        return server.address() + "/v2/enqueue";
    }

    /** What it does with the next requests, one each; then it works again. */
    public FakePagerDuty play(Fault... faults) {
        server.faults.addAll(List.of(faults));
        return this;
    }

    /** The incidents by deduplication key, oldest first. */
    public Map<String, Incident> incidents() {
        synchronized (incidents) {
            return new LinkedHashMap<>(incidents);
        }
    }

    /** Every event that was taken, in order. */
    public List<JsonObject> events() {
        return List.copyOf(events);
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
        countRequest(now);
        List<String> errors = new CopyOnWriteArrayList<>();
        JsonObject event = check(body, errors);
        if (!request.path().equals("/v2/enqueue")) {
            errors.add("path is " + request.path());
        }
        if (!errors.isEmpty()) {
            server.violations.addAll(errors);
            return Fault.invalidEvent();
        }
        apply(event);
        events.add(event);
        String key = event.getString("dedup_key");
        return Fault.answer(
                202,
                new JsonObject()
                        .put("status", "success")
                        .put("message", "Event processed")
                        .put("dedup_key", key)
                        .encode());
    }

    private void countRequest(Instant now) {
        lastMinute.addLast(now);
        while (lastMinute.peekFirst().isBefore(now.minusSeconds(60))) {
            lastMinute.removeFirst();
        }
        if (lastMinute.size() > MOST_PER_MINUTE) {
            server.violations.add(lastMinute.size() + " events within a minute");
        }
    }

    private static JsonObject check(Buffer body, List<String> errors) {
        if (body.length() > MOST_BYTES) {
            errors.add("event of " + body.length() + " bytes");
        }
        JsonObject event;
        try {
            event = new JsonObject(body);
        } catch (DecodeException e) {
            errors.add("no JSON object");
            return new JsonObject();
        }
        String action = event.getString("event_action", "");
        length(event, "routing_key", 32, 32, errors);
        length(event, "dedup_key", action.equals("trigger") ? 0 : 1, 255, errors);
        switch (action) {
            case "trigger" -> checkPayload(event, errors);
            case "acknowledge", "resolve" -> {}
            default -> errors.add("event_action is " + action);
        }
        return event;
    }

    private static void checkPayload(JsonObject event, List<String> errors) {
        JsonObject payload = event.getJsonObject("payload", new JsonObject());
        length(payload, "summary", 1, 1024, errors);
        length(payload, "source", 1, 100_000, errors);
        if (!SEVERITIES.contains(payload.getString("severity", ""))) {
            errors.add("severity is " + payload.getString("severity"));
        }
        try {
            Instant.parse(payload.getString("timestamp", "2026-01-01T00:00:00Z"));
        } catch (java.time.DateTimeException e) {
            errors.add("timestamp is " + payload.getString("timestamp"));
        }
        if (payload.getString("summary", "").chars().anyMatch(c -> c < 0x20)) {
            errors.add("summary with control characters");
        }
        for (Object link : event.getJsonArray("links", new io.vertx.core.json.JsonArray())) {
            if (!((JsonObject) link).getString("href", "").matches("https?://.+")) {
                errors.add("link is " + link);
            }
        }
    }

    private static void length(JsonObject in, String field, int least, int most, List<String> errors) {
        int length = in.getString(field, "").length();
        if (length < least || length > most) {
            errors.add(field + " has " + length + " characters");
        }
    }

    private void apply(JsonObject event) {
        String key = event.getString("dedup_key");
        synchronized (incidents) {
            Incident old = incidents.get(key);
            boolean open = old != null && old.state() != State.RESOLVED;
            switch (event.getString("event_action")) {
                case "trigger" -> {
                    JsonObject payload = event.getJsonObject("payload");
                    incidents.put(
                            key,
                            open
                                    ? new Incident(old.state(), old.opened(), old.triggers() + 1, payload)
                                    : new Incident(State.TRIGGERED, old == null ? 1 : old.opened() + 1, 1, payload));
                }
                case "acknowledge" -> move(key, old, open, State.ACKED);
                default -> move(key, old, open, State.RESOLVED);
            }
        }
    }

    private void move(String key, Incident old, boolean open, State state) {
        if (open) { // for no open incident it is taken and dropped
            incidents.put(key, new Incident(state, old.opened(), old.triggers(), old.payload()));
        }
    }
}
