package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened to an alert and who was told, in the order of time. */
final class TimeLine {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final Paint paint;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Instant at, String what, String colour, String who, String why) {}

    TimeLine(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(JsonNode transitions, JsonNode notifications) {
        transitions.forEach(this::transition);
        notifications.forEach(this::notification);
        entries.sort(Comparator.comparing(Entry::at));
        List<String> lines = new ArrayList<>();
        String day = "";
        Table rows = new Table("AT (UTC)", "AFTER", "WHAT", "WHO", "WHY");
        for (Entry entry : entries) {
            String today = DAY.format(entry.at());
            rows.row(
                    (today.equals(day) ? " ".repeat(11) : today + " ") + CLOCK.format(entry.at()),
                    after(entry),
                    entry.what(),
                    entry.who(),
                    entry.why());
            day = today;
        }
        if (!rows.isEmpty()) {
            int[] row = {-1};
            lines.addAll(rows.lines(0, paint, (column, cell) -> {
                row[0] += column == 0 ? 1 : 0;
                return column == 2 ? paint.by(entries.get(row[0]).colour(), cell) : cell;
            }));
        }
        return lines;
    }

    private String after(Entry entry) {
        long millis = Duration.between(entries.get(0).at(), entry.at()).toMillis();
        return millis < 1000 ? "+" + millis + "ms" : "+" + AlertTable.span(Duration.ofMillis(millis));
    }

    private void transition(JsonNode change) {
        String kind = Json.text(change, "kind");
        String to = list(change.path("to"));
        String by = Json.text(change, "by");
        String cause = Json.text(change, "cause");
        add(
                Json.text(change, "at"),
                "● " + kind + " (r" + Json.text(change, "revision") + ")",
                state(kind),
                to.isEmpty() ? (by.isEmpty() ? cause : "by " + by) : to,
                Json.text(change, "detail"));
    }

    private void notification(JsonNode note) {
        String what = Json.text(note, "receiver") + " ← " + Json.text(note, "change") + " (r"
                + Json.text(note, "revision") + ")";
        String state = Json.text(note, "state");
        if (note.path("attempts").isEmpty()) {
            add(Json.text(note, "created_at"), "  " + what, state, "", join(state, Json.text(note, "state_detail")));
        }
        for (JsonNode attempt : note.path("attempts")) {
            String outcome = Json.text(attempt, "outcome");
            add(
                    Json.text(attempt, "at"),
                    "  " + what,
                    outcome,
                    Json.text(attempt, "took_ms") + " ms",
                    join(outcome, Json.text(attempt, "detail")));
        }
    }

    private void add(String at, String what, String colour, String who, String why) {
        try {
            entries.add(new Entry(Instant.parse(at), what, colour, who, why));
        } catch (DateTimeException noInstant) {
            entries.add(
                    new Entry(entries.isEmpty() ? Instant.EPOCH : entries.get(0).at(), what, colour, who, why));
        }
    }

    private static String state(String kind) {
        return switch (kind) {
            case "fired", "raised", "escalated", "ack_expired" -> "firing";
            case "pending", "stale", "routed" -> "pending";
            case "acknowledged", "fell" -> "acknowledged";
            default -> "resolved";
        };
    }

    private static String list(JsonNode names) {
        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(Text.clean(name.asText())));
        return words.isEmpty() ? "" : "→ " + String.join(", ", words);
    }

    private static String join(String first, String second) {
        return second.isEmpty() ? first : first + ": " + second;
    }
}
