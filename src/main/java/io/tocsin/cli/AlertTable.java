package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Alerts as a table for people. */
final class AlertTable {
    private static final int SEVERITY = 1;
    private static final int STATE = 2;

    private final Paint paint;
    private final Instant now;
    private final int width;

    /** A table as of {@code now}, cut to a width; 0 for no limit. */
    AlertTable(Paint paint, Instant now, int width) {
        this.paint = paint;
        this.now = now;
        this.width = width;
    }

    List<String> lines(List<JsonNode> alerts) {
        Table table = new Table("ID", "SEVERITY", "STATE", "TYPE", "SUBJECT", "SINCE", "LEVEL", "MESSAGE");
        for (JsonNode alert : alerts) {
            table.row(
                    Json.text(alert, "id"),
                    severity(Json.text(alert, "severity")),
                    state(alert),
                    Json.text(alert, "alert_type"),
                    subject(alert),
                    age(Json.text(alert, "since")),
                    Json.text(alert, "escalation_level"),
                    Json.text(alert, "message"));
        }
        return table.lines(width, paint, (column, cell) -> coloured(column, cell));
    }

    /** Symbol and word: {@code 🚨 critical}. */
    static String severity(String word) {
        return switch (word) {
            case "critical" -> "🚨 critical";
            case "warning" -> "⚠️ warning";
            case "info" -> "ℹ️ info";
            default -> word;
        };
    }

    /** {@code node} and, where it is something else, what of the node: {@code n1 disk}. */
    static String subject(JsonNode alert) {
        String node = Json.text(alert, "node");
        String subject = Json.text(alert, "subject");
        String both =
                node.isEmpty() || subject.contains(node) ? subject : subject.isEmpty() ? node : node + " " + subject;
        String cluster = Json.text(alert, "cluster");
        return cluster.isEmpty() || cluster.equals("default") ? both : cluster + "/" + both;
    }

    /** How long ago an instant is, in its two largest units; the text itself if it is no instant. */
    String age(String instant) {
        if (instant.isEmpty()) {
            return "";
        }
        try {
            return span(Duration.between(Instant.parse(instant), now));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }

    /** A duration without what does not matter at its size: {@code 3d4h}, {@code 12m}, {@code 40s}. */
    static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long unit = seconds >= 86_400 ? 3600 : seconds >= 600 ? 60 : 1;
        return Text.duration(Duration.ofSeconds(seconds / unit * unit));
    }

    private static String state(JsonNode alert) {
        return Json.text(alert, "state")
                + (alert.path("stale").asBoolean() ? " (stale)" : "")
                + (alert.path("degraded").asBoolean() ? " (degraded)" : "");
    }

    private String coloured(int column, String cell) {
        String[] words = cell.strip().split(" ");
        return switch (column) {
            case SEVERITY -> paint.by(words[words.length - 1], cell);
            case STATE -> paint.by(words[0], cell);
            default -> cell;
        };
    }
}
