package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The state of a member for people. */
final class StatusText {
    private static final int MOST_CLUSTERS = 40;

    private final Paint paint;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    /** As of an instant. */
    StatusText(Paint paint, Instant now) {
        this.paint = paint;
        this.now = now;
    }

    List<String> lines(JsonNode status) {
        boolean ready = status.path("ready").asBoolean();
        JsonNode readiness = status.path("readiness");
        lines.add("tocsin  " + (ready ? paint.green("★ ready") : paint.red("❌ not ready: " + reason(readiness))));
        lines.add(row("alerts", alerts(status.path("open_alerts"))));
        lines.add(row("rules", rules(status.path("rules"))));
        MembersText members = new MembersText(paint, now, status.path("members"));
        if (!members.summary().isEmpty()) {
            lines.add(row("members", members.summary()));
        }
        status.path("stats")
                .path("by_receiver")
                .properties()
                .forEach(
                        receiver -> lines.add(row("receiver", receiver.getKey() + "  " + counts(receiver.getValue()))));
        apart(members.lines());
        apart(clusters(status.path("clusters")));
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

    private void apart(List<String> table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table);
        }
    }

    /** Those that are not well first; only so many. */
    private List<String> clusters(JsonNode clusters) {
        List<JsonNode> sorted = new ArrayList<>();
        clusters.forEach(sorted::add);
        sorted.sort(Comparator.comparing(one -> Json.text(one, "status").equals("healthy")));
        Table table = new Table("CLUSTER", "STATUS", "HEALTHY", "QUORUM", "EPOCH", "OWNER");
        sorted.stream()
                .limit(MOST_CLUSTERS)
                .forEach(cluster -> table.row(
                        Json.text(cluster, "cluster"),
                        Json.text(cluster, "status") + (cluster.path("frozen").asBoolean() ? " (frozen)" : ""),
                        healthy(cluster),
                        Json.text(cluster, "quorum_status"),
                        Json.text(cluster, "epoch"),
                        Json.text(cluster, "owner")));
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> shown = new ArrayList<>(table.lines(0, paint, this::cell));
        if (sorted.size() > MOST_CLUSTERS) {
            shown.add("… and " + (sorted.size() - MOST_CLUSTERS) + " more; -o json shows all");
        }
        return shown;
    }

    private String cell(int column, String cell) {
        boolean word = column == 1 || column == 3;
        return word ? paint.by(cell.strip().split(" ")[0], cell) : cell;
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
