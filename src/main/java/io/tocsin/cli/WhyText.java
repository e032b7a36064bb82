package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The explanation of an alert for people: headline, rules, facts, what holds it back, time line. */
final class WhyText {
    private final Paint paint;
    private final AlertTable table;
    private final List<String> lines = new ArrayList<>();

    WhyText(Paint paint, Instant now) {
        this.paint = paint;
        this.table = new AlertTable(paint, now, 0);
    }

    List<String> lines(JsonNode alert, JsonNode why) {
        headline(alert);
        field("rules", Json.text(why, "rule_hash"));
        why.path("because").forEach(because -> because(alert, because));
        suppressed(why.path("suppressed_by"));
        List<String> happened = new TimeLine(paint).lines(why.path("transitions"), why.path("notifications"));
        if (!happened.isEmpty()) {
            heading("what happened");
            happened.forEach(line -> lines.add("    " + line));
        }
        if (why.path("notifications").isEmpty()) {
            heading("nobody was told");
        }
        return List.copyOf(lines);
    }

    private void suppressed(JsonNode suppressed) {
        if (suppressed.isEmpty()) {
            return;
        }
        heading("held back");
        for (JsonNode each : suppressed) {
            String kind = Json.text(each, "kind");
            lines.add("    " + paint.amber(Columns.pad(kind.isEmpty() ? "-" : kind, 12)) + " "
                    + (each.isObject() ? Json.text(each, "text") : Text.clean(each.asText())));
        }
    }

    private void headline(JsonNode alert) {
        String severity = Json.text(alert, "severity");
        String state = Json.text(alert, "state");
        lines.add(paint.by(severity, paint.bold(AlertTable.severity(severity))) + "  " + Json.text(alert, "alert_type")
                + "  " + AlertTable.subject(alert) + "  " + paint.by(state, state)
                + (alert.path("stale").asBoolean() ? " (stale: no reading under it is fresh)" : ""));
        lines.add(Json.text(alert, "message"));
        field("id", Json.text(alert, "id"));
        field("since", when(Json.text(alert, "since")));
        field("value", value(alert));
        field("level", Json.text(alert, "escalation_level") + next(Json.text(alert, "next_escalation_at")));
        field("answer", answer(alert));
        field("resolved", join(when(Json.text(alert, "resolved_at")), Json.text(alert, "resolved_because")));
        field("runbook", Json.text(alert, "runbook"));
    }

    private void because(JsonNode alert, JsonNode because) {
        JsonNode rule = because.path("rule");
        heading("because of the rule \"" + Json.text(rule, "name") + "\"  " + Json.text(rule, "file") + ":"
                + Json.text(rule, "line"));
        lines.add("    says \"" + Json.text(because, "message") + "\"" + times(because));
        String drl = because.path("text").asText("");
        if (because.path("text").isNull()) {
            lines.add("    " + paint.faint("(the rule's text is no longer kept)"));
        }
        int line = rule.path("line").asInt();
        new RuleLines(paint)
                .lines(drl, line, RuleLines.matched(drl, line, because.path("facts")))
                .forEach(lines::add);
        Double value = alert.path("value").isNumber() ? alert.path("value").asDouble() : null;
        FactLines facts = new FactLines(paint);
        because.path("facts")
                .forEach(fact -> facts.lines(fact, value, limit(alert)).forEach(each -> lines.add("    " + each)));
        if (because.path("omitted").asInt() > 0) {
            lines.add("    … and " + because.path("omitted").asInt() + " facts more");
        }
    }

    private static String times(JsonNode because) {
        String hold = Json.text(because, "hold_for");
        String quiet = Json.text(because, "quiet_for");
        return (hold.isEmpty() || hold.equals("0s") ? "" : " after " + hold)
                + (quiet.isEmpty() || quiet.equals("0s") ? "" : ", over after " + quiet + " of quiet");
    }

    /** {@code limit 85 max, 4.5 past it}. */
    private static String limit(JsonNode alert) {
        if (!alert.path("limit").isNumber()) {
            return "";
        }
        double past =
                Math.abs(alert.path("value").asDouble() - alert.path("limit").asDouble());
        return "limit " + Text.number(alert.path("limit").asDouble()) + " " + Json.text(alert, "limit_type") + ", "
                + Text.number(past) + " past it";
    }

    private void heading(String text) {
        lines.add("");
        lines.add("  " + paint.bold(text));
    }

    private void field(String name, String value) {
        if (!value.isBlank()) {
            lines.add("  " + Columns.pad(name, 9) + value);
        }
    }

    private String when(String instant) {
        return instant.isEmpty() ? "" : instant + " (" + table.age(instant) + " ago)";
    }

    private static String value(JsonNode alert) {
        String limit = Json.text(alert, "limit");
        String type = Json.text(alert, "limit_type");
        return Json.text(alert, "value")
                + (limit.isEmpty() ? "" : ", limit " + limit + (type.isEmpty() ? "" : " " + type));
    }

    private static String next(String instant) {
        return instant.isEmpty() ? "" : ", the next one is due at " + instant;
    }

    private static String answer(JsonNode alert) {
        String by = Json.text(alert, "acknowledged_by");
        String until = Json.text(alert, "ack_expires_at");
        return by.isEmpty()
                ? ""
                : by + " at " + Json.text(alert, "acknowledged_at") + ": " + Json.text(alert, "ack_message")
                        + (until.isEmpty() ? "" : " (until " + until + ")");
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }
}
