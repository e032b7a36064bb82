package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.cli.demo.Scene;
import io.tocsin.cli.demo.Story;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Tells a demo on the terminal: a line a scene, and under it a line for each alert that changes. */
final class DemoVoice {
    private static final String UNDER = "         ";
    private static final int WHAT = 15;
    private static final int TYPE = 20;
    private static final int SUBJECT = 22;

    private final Terminal terminal;
    private final Output output;
    private final Paint paint;

    DemoVoice(Terminal terminal, Output output) {
        this.terminal = terminal;
        this.output = output;
        this.paint = output.paint(terminal);
    }

    void begin(String cluster, String url, Duration length) {
        if (people()) {
            say("An hour of a store in " + Text.duration(length) + ", as monitored cluster " + paint.bold(cluster)
                    + " of " + Text.clean(url) + ". Ctrl-C stops it.");
            say(paint.faint("Look at that address, or run ./tocsin watch --cluster " + cluster + " beside it."));
            say("");
        }
    }

    void scene(Scene scene) {
        String time = Story.time(scene.step()).toString();
        if (output.json()) {
            say(Json.line(Json.object()
                    .put("time", time)
                    .put("mood", scene.mood().name().toLowerCase(Locale.ROOT))
                    .put("text", scene.text())));
        } else if (!output.quiet()) {
            say(paint.faint(time) + "  " + coloured(scene.mood(), symbol(scene.mood()) + " " + scene.text()));
        }
    }

    /** An alert that is not as it was: {@code fired}, {@code raised}, {@code acknowledged} or {@code resolved}. */
    void alert(String what, JsonNode alert) {
        if (output.json()) {
            say(Json.line(alert));
        } else if (output.quiet()) {
            if (what.equals("fired")) {
                say(Json.text(alert, "id"));
            }
        } else {
            say(line(what, alert));
        }
    }

    private String line(String what, JsonNode alert) {
        String head = switch (what) {
            case "acknowledged", "resolved" -> "✅ " + what;
            default -> AlertTable.severity(Json.text(alert, "severity"));
        };
        String shown =
                UNDER + Columns.pad(head, WHAT) + "  " + Columns.pad(Json.text(alert, "alert_type"), TYPE) + "  ";
        String subject = Columns.pad(Json.text(alert, "subject"), SUBJECT);
        String text = Columns.cut(shown + subject + "  " + rest(what, alert), Math.max(60, terminal.width()));
        return switch (what) {
            case "resolved" -> paint.green(text);
            case "acknowledged" -> paint.cyan(text);
            default -> paint.by(Json.text(alert, "severity"), text);
        };
    }

    private static String rest(String what, JsonNode alert) {
        return switch (what) {
            case "acknowledged" -> "by " + Json.text(alert, "acknowledged_by") + ": " + Json.text(alert, "ack_message");
            case "resolved" -> "after " + lasted(alert);
            case "raised" -> "worse: " + Json.text(alert, "message");
            default -> Json.text(alert, "message");
        };
    }

    private static String lasted(JsonNode alert) {
        try {
            return AlertTable.span(Duration.between(
                    Instant.parse(Json.text(alert, "fired_at")), Instant.parse(Json.text(alert, "resolved_at"))));
        } catch (DateTimeParseException unknown) {
            return "a while";
        }
    }

    void trouble(String what) {
        terminal.err().println("tocsin: " + what);
    }

    void end(int fired, String cluster) {
        if (people()) {
            say("");
            say(fired + (fired == 1 ? " alert" : " alerts") + " fired, all are resolved. "
                    + paint.faint("./tocsin alerts --state resolved --cluster " + cluster
                            + " lists them, ./tocsin why ID tells what each stood on."));
        }
    }

    void ended(String cluster, int open) {
        if (people()) {
            say(paint.green("✅ " + (open == 0 ? "Nothing was open" : open + " alerts are resolved") + " in cluster "
                    + cluster + "."));
        }
    }

    void stopped(String cleanUp) {
        terminal.err().println();
        terminal.err().println("tocsin: stopped in the middle; what fired stays open. " + cleanUp + " ends it.");
        terminal.err().flush();
    }

    private boolean people() {
        return !output.json() && !output.quiet();
    }

    private void say(String line) {
        terminal.out().println(line);
    }

    private static String symbol(Scene.Mood mood) {
        return switch (mood) {
            case WELL -> "★";
            case TROUBLE -> "▼";
            case ACTION -> "▶";
        };
    }

    private String coloured(Scene.Mood mood, String text) {
        return switch (mood) {
            case WELL -> paint.green(text);
            case TROUBLE -> paint.amber(text);
            case ACTION -> paint.cyan(text);
        };
    }
}
