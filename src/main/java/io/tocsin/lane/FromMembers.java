package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Failure;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at what comes in at an address that is for members alone. Whoever has joined the bus may send anything there, and
 * what no member sends must not get as far as a lane.
 *
 * <p>Counter: {@code tocsin_member_requests_refused_total{what}}.
 */
final class FromMembers {
    private static final Set<String> ANSWERS = Set.of("ack", "resolve");

    private final MeterRegistry registry;

    FromMembers(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Hands a command on that is one, and refuses everything else. */
    void command(Message<?> message, Consumer<JsonObject> sound) {
        if (message.body() instanceof JsonObject body && text(body, "what") && text(body, "cluster")) {
            String problem = problem(body);
            if (problem == null) {
                sound.accept(body);
            } else {
                refuse(message, "command", problem);
            }
        } else {
            refuse(message, "command", "expected a JSON object with what and cluster");
        }
    }

    private static String problem(JsonObject body) {
        String what = body.getString("what");
        if (ANSWERS.contains(what)) {
            return Commands.problem(body, what.equals("ack"));
        }
        boolean sound = body.getValue("problem") == null
                || text(body, "problem") && text(body, "file") && body.getValue("line") instanceof Integer;
        return what.equals(Commands.VERDICT) && sound ? null : "what: no command of a member";
    }

    /** Hands a question on that is one, and refuses everything else. */
    void question(Message<?> message, Consumer<JsonObject> sound) {
        if (message.body() instanceof JsonObject body
                && text(body, "what")
                && (body.getValue("cluster") == null || text(body, "cluster"))) {
            sound.accept(body);
        } else {
            refuse(message, "question", "expected a JSON object with what");
        }
    }

    private static boolean text(JsonObject body, String field) {
        return body.getValue(field) instanceof String;
    }

    private void refuse(Message<?> message, String what, String problem) {
        registry.counter("tocsin_member_requests_refused_total", "what", what).increment();
        message.fail(Failure.INVALID, problem);
    }
}
