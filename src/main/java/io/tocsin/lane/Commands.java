package io.tocsin.lane;

import io.tocsin.alert.Signal;
import io.tocsin.bus.AlertJson;
import io.tocsin.model.Alert;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Reads commands and gives them to a watch. */
public final class Commands {
    static final String VERDICT = "verdict";
    private static final String SILENCE = "silence";
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_MESSAGE = 4096;

    private Commands() {}

    /**
     * What is wrong with a command; null if nothing is.
     *
     * @param ack whether it is an acknowledgement
     */
    static String problem(JsonObject body, boolean ack) {
        String by = ack ? "acknowledged_by" : "resolved_by";
        String named = text(body, "alert_id");
        if (named == null || named.isBlank()) {
            return "alert_id: expected the id of an alert, found " + found(body, "alert_id");
        }
        String who = text(body, by);
        if (who == null || who.isBlank() || who.length() > LONGEST_NAME) {
            return by + ": expected 1 to " + LONGEST_NAME + " characters, found " + found(body, by);
        }
        if (ack && body.getValue("ack_for") != null) {
            try {
                if (Text.duration(String.valueOf(body.getValue("ack_for"))).isZero()) {
                    return "ack_for: expected more than 0s";
                }
            } catch (IllegalArgumentException fault) {
                return "ack_for: " + fault.getMessage();
            }
        }
        if (ack && body.getValue("ack_message") != null && text(body, "ack_message") == null) {
            return "ack_message: expected text, found " + found(body, "ack_message");
        }
        return null;
    }

    private static String text(JsonObject body, String name) {
        return body.getValue(name) instanceof String text ? text : null;
    }

    private static String found(JsonObject body, String name) {
        Object value = body.getValue(name);
        return value == null ? "nothing" : "\"" + Text.clean(Text.cut(value.toString(), 40)) + "\"";
    }

    /** Whether a command has nothing to say to a cluster that nobody watches: that its rules are well. */
    static boolean needless(JsonObject body) {
        return VERDICT.equals(body.getString("what")) && body.getString("problem") == null;
    }

    /** The command that says whether silence counts. */
    static JsonObject silence(boolean counts) {
        return new JsonObject().put("what", SILENCE).put("counts", counts);
    }

    /** What whoever gave a command is told. */
    static JsonObject reply(CommandResult result, boolean degraded) {
        Alert alert = result.alert();
        return alert == null ? null : AlertJson.encode(degraded ? alert.asDegraded() : alert);
    }

    /** Does what a command says, which was checked before. */
    public static CommandResult run(ClusterWatch watch, JsonObject body, Instant now) {
        if (VERDICT.equals(body.getString("what"))) {
            String problem = body.getString("problem");
            watch.rejected(
                    problem == null
                            ? null
                            : new RuleRef("rules in the folder", body.getString("file"), body.getInteger("line")),
                    problem,
                    now);
            return CommandResult.done(null);
        }
        if (SILENCE.equals(body.getString("what"))) {
            watch.silenceCounts(body.getBoolean("counts"), now);
            return CommandResult.done(null);
        }
        String id = body.getString("alert_id");
        if ("resolve".equals(body.getString("what"))) {
            return watch.resolve(id, clean(body.getString("resolved_by"), LONGEST_NAME), now);
        }
        Object lasts = body.getValue("ack_for");
        Duration time = lasts == null ? null : Text.duration(lasts.toString());
        String message = body.getString("ack_message");
        return watch.acknowledge(
                id,
                new Signal.Acknowledge(
                        clean(body.getString("acknowledged_by"), LONGEST_NAME),
                        message == null ? "" : clean(message, LONGEST_MESSAGE),
                        time,
                        Boolean.TRUE.equals(body.getValue("auto_ack"))),
                now);
    }

    private static String clean(String text, int longest) {
        return Text.cut(Text.clean(text), longest);
    }
}
