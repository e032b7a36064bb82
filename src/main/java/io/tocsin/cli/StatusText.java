package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The state of a member for people. */
final class StatusText {
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    StatusText(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(JsonNode status) {
        boolean ready = status.path("ready").asBoolean();
        JsonNode readiness = status.path("readiness");
        lines.add("tocsin  " + (ready ? paint.green("★ ready") : paint.red("❌ not ready: " + reason(readiness))));
        lines.add(row("alerts", alerts(status.path("open_alerts"))));
        lines.add(row("rules", rules(status.path("rules"))));
        status.path("stats")
                .path("by_receiver")
                .properties()
                .forEach(
                        receiver -> lines.add(row("receiver", receiver.getKey() + "  " + counts(receiver.getValue()))));
        clusters(status.path("clusters"));
        return List.copyOf(lines);
    }

    /** What does not hold yet, {@code joined}, {@code store} or {@code rules}; or what else was answered. */
    private static String reason(JsonNode readiness) {
        StringJoiner missing = new StringJoiner(", ");
        readiness.properties().forEach(part -> {
            if (!part.getKey().equals("ready")
                    && part.getValue().isBoolean()
                    && !part.getValue().asBoolean()) {
                missing.add(Text.clean(part.getKey()));
            }
        });
        String error = Json.text(readiness, "error");
        return missing.length() > 0 ? missing + " not yet" : error.isEmpty() ? Text.clean(readiness.toString()) : error;
    }

    private String alerts(JsonNode open) {
        if (!open.isObject()) {
            return "not known now";
        }
        StringJoiner parts = new StringJoiner("  ");
        for (String severity : List.of("critical", "warning", "info")) {
            if (open.has(severity)) {
                parts.add(paint.by(severity, open.path(severity).asText() + " " + AlertTable.severity(severity)));
            }
        }
        return parts.length() == 0 ? paint.green("none open") : parts.toString();
    }

    private String rules(JsonNode rules) {
        if (!rules.isObject()) {
            return "not known now";
        }
        int quarantined = 0;
        Set<String> files = new HashSet<>();
        for (JsonNode rule : rules.path("rules")) {
            files.add(Json.text(rule, "file"));
            quarantined += Json.text(rule, "state").equals("quarantined") ? 1 : 0;
        }
        String bad = quarantined == 0 ? "" : paint.red("  " + quarantined + " quarantined");
        return rules.path("rules").size() + " in " + files.size() + " files  hash "
                + Text.cut(Json.text(rules, "rule_hash"), 13) + bad;
    }

    private static String counts(JsonNode states) {
        StringJoiner parts = new StringJoiner(", ");
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            parts.add(state.getValue().asText() + " " + Text.clean(state.getKey()));
        }
        return parts.toString();
    }

    private void clusters(JsonNode clusters) {
        Table table = new Table("CLUSTER", "STATUS", "HEALTHY", "QUORUM", "OWNER");
        clusters.forEach(cluster -> table.row(
                Json.text(cluster, "cluster"),
                Json.text(cluster, "status"),
                healthy(cluster),
                Json.text(cluster, "quorum_status"),
                Json.text(cluster, "owner")));
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(
                    0, paint, (column, cell) -> column == 1 || column == 3 ? paint.by(cell.strip(), cell) : cell));
        }
    }

    /** Empty while no rule has judged the cluster. */
    private static String healthy(JsonNode cluster) {
        String total = Json.text(cluster, "total_nodes");
        return total.isEmpty() ? "" : Json.text(cluster, "healthy_nodes") + " of " + total;
    }

    private static String row(String name, String value) {
        return "  " + Columns.pad(name, 10) + value;
    }
}
