package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The members of an appliance for people: who is there, how each stands, and what each has. */
final class MembersText {
    private static final int STATE = 1;
    private static final int NOTES = 8;
    private static final double IN_STEP = 0.05;
    private static final double BEATS = 1;
    private static final int RULES = 12;

    private final Paint paint;
    private final Instant now;
    private final JsonNode all;

    MembersText(Paint paint, Instant now, JsonNode all) {
        this.paint = paint;
        this.now = now;
        this.all = all;
    }

    /** In one line; empty if nothing is known. */
    String summary() {
        if (!all.path("members").isArray()) {
            return "";
        }
        TreeMap<String, Integer> states = new TreeMap<>();
        all.path("members").forEach(one -> states.merge(Json.text(one, "state"), 1, Integer::sum));
        if (states.size() == 1 && all.path("members").size() == 1) {
            return Json.text(all, "member") + ", alone";
        }
        StringJoiner parts = new StringJoiner(", ");
        states.forEach((state, count) -> parts.add(coloured(state, count + " " + state)));
        return parts
                + (all.path("minority").asBoolean()
                        ? paint.red("  this one sees less than half, so what is silent proves nothing to it")
                        : "");
    }

    /** Nothing where there is one member only. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (all.path("members").size() > 1) {
            Table table =
                    new Table("MEMBER", "STATE", "VERSION", "RULES", "CLOCK", "BEAT", "CLUSTERS", "TELLS", "NOTES");
            all.path("members").forEach(one -> row(table, one));
            lines.addAll(table.lines(0, paint, this::cell));
        }
        for (JsonNode stranger : all.path("strangers")) {
            lines.add(paint.red("❌ " + Text.clean(stranger.asText()) + " uses the same store and is "
                    + (stranger.asText().equals(Json.text(all, "member"))
                            ? "somewhere else under this address"
                            : "not among the members")));
        }
        return lines;
    }

    private void row(Table table, JsonNode one) {
        String place = Json.text(one, "member");
        table.row(
                place.equals(Json.text(all, "member")) ? place + " ◂" : place,
                Json.text(one, "state"),
                Json.text(one, "version"),
                Text.cut(Json.text(one, "rule_hash"), RULES),
                clock(one.path("clock_skew_seconds")),
                beat(one.path("beat_age_seconds")),
                Json.text(one, "clusters"),
                told(one.path("receivers")),
                notes(one));
    }

    private static String clock(JsonNode skew) {
        if (!skew.isNumber()) {
            return "";
        }
        double seconds = Math.abs(skew.asDouble());
        if (seconds < IN_STEP) {
            return "in step";
        }
        String amount = seconds < 10
                ? Text.number(Math.round(seconds * 10) / 10.0) + "s"
                : Text.duration(Duration.ofSeconds(Math.round(seconds)));
        return (skew.asDouble() > 0 ? "+" : "-") + amount;
    }

    private static String beat(JsonNode age) {
        if (!age.isNumber()) {
            return "";
        }
        return age.asDouble() < BEATS
                ? "beats"
                : AlertTable.span(Duration.ofMillis(Math.round(age.asDouble() * 1000))) + " ago";
    }

    private static String told(JsonNode receivers) {
        StringJoiner names = new StringJoiner(", ");
        receivers.forEach(one -> names.add(Text.clean(one.asText())));
        return names.toString();
    }

    private String notes(JsonNode one) {
        StringJoiner notes = new StringJoiner(", ");
        String state = Json.text(one, "state");
        if (state.equals("foreign")) {
            notes.add("an application that has joined the bus");
        } else if (state.equals("left") || state.equals("lost")) {
            notes.add("since " + new AlertTable(paint, now, 0).age(Json.text(one, "since")));
        }
        one.path("differs").forEach(what -> notes.add("other " + Text.clean(what.asText()) + " than the others"));
        return notes.toString();
    }

    private String cell(int column, String cell) {
        if (column == STATE) {
            return coloured(cell.strip(), cell);
        }
        return column == NOTES || cell.strip().endsWith(" ago") ? paint.amber(cell) : cell;
    }

    private String coloured(String state, String text) {
        return switch (state) {
            case "ready" -> paint.green(text);
            case "lost" -> paint.red(text);
            case "starting", "foreign" -> paint.cyan(text);
            default -> paint.amber(text);
        };
    }
}
