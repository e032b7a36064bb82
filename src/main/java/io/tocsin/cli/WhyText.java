package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The explanation of an alert for people: headline, rules, facts, time line, notifications. */
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
        why.path("because").forEach(this::because);
        why.path("suppressed_by").forEach(each -> lines.add("  suppressed by " + plain(each)));
        timeLine(why.path("transitions"));
        notifications(why.path("notifications"));
        return List.copyOf(lines);
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

    private void because(JsonNode because) {
        JsonNode rule = because.path("rule");
        String place = Json.text(rule, "file") + ":" + Json.text(rule, "line");
        heading("because of the rule \"" + Json.text(rule, "name") + "\"  " + place);
        String hold = Json.text(because, "hold_for");
        lines.add("    says \"" + Json.text(because, "message") + "\""
                + (hold.isEmpty() || hold.equals("0s") ? "" : " after " + hold));
        drl(because.path("text").asText("")).forEach(lines::add);
        because.path("facts").forEach(fact -> lines.add("    " + paint.cyan("matched") + "  " + fact(fact)));
        if (because.path("omitted").asInt() > 0) {
            lines.add("    … and " + because.path("omitted").asInt() + " facts more");
        }
    }

    private List<String> drl(String drl) {
        return drl.lines()
                .map(line -> "    " + paint.faint(Text.clean(line.replace("\t", "    "))))
                .toList();
    }

    private void timeLine(JsonNode transitions) {
        if (!transitions.isEmpty()) {
            heading("what happened");
        }
        Table rows = new Table("AT", "REV", "WHAT", "WHO", "WHY");
        transitions.forEach(change -> rows.row(
                Json.text(change, "at"),
                Json.text(change, "revision"),
                Json.text(change, "kind"),
                join(Json.text(change, "by"), list(change.path("to"))),
                Json.text(change, "detail")));
        rows(rows);
    }

    private void notifications(JsonNode notifications) {
        heading(notifications.isEmpty() ? "nobody was told" : "who was told");
        Table rows = new Table("AT", "REV", "RECEIVER", "WHAT", "TOOK", "OUTCOME");
        for (JsonNode each : notifications) {
            String receiver = Json.text(each, "receiver");
            String change = Json.text(each, "change");
            String revision = Json.text(each, "revision");
            String state = join(Json.text(each, "state"), Json.text(each, "state_detail"));
            if (each.path("attempts").isEmpty()) {
                rows.row(Json.text(each, "created_at"), revision, receiver, change, "", state);
            }
            for (JsonNode attempt : each.path("attempts")) {
                rows.row(
                        Json.text(attempt, "at"),
                        revision,
                        receiver,
                        change,
                        Json.text(attempt, "took_ms") + " ms",
                        join(Json.text(attempt, "outcome"), Json.text(attempt, "detail")));
            }
        }
        rows(rows);
    }

    private void rows(Table rows) {
        if (!rows.isEmpty()) {
            rows.lines(0, paint, (column, cell) -> paint.by(cell.strip().split("[ :]")[0], cell))
                    .forEach(line -> lines.add("    " + line));
        }
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

    /** {@code resource_usage  node=n1  usage_percent=91.5}; what is empty is left out. */
    private static String fact(JsonNode fact) {
        if (!fact.isObject()) {
            return plain(fact);
        }
        StringBuilder text = new StringBuilder(Json.text(fact, "type"));
        for (Map.Entry<String, JsonNode> field : fact.properties()) {
            JsonNode value = field.getValue();
            boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
            if (!empty && !field.getKey().equals("type")) {
                text.append(text.isEmpty() ? "" : "  ")
                        .append(Text.clean(field.getKey()))
                        .append('=')
                        .append(plain(value));
            }
        }
        return text.toString();
    }

    private static String plain(JsonNode node) {
        return Text.clean(node.isValueNode() ? node.asText() : node.toString());
    }

    private static String list(JsonNode names) {
        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(plain(name)));
        return words.isEmpty() ? "" : "→ " + String.join(", ", words);
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }
}
