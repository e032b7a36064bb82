package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Why a rule says nothing, for people: the answer, the rule with the lines that fail, each constraint against the facts. */
final class WhyNotText {
    private static final int MOST_SEEN = 6;
    private static final List<String> NAMING = List.of(
            "check",
            "check_name",
            "component",
            "operation",
            "subject",
            "metric",
            "state",
            "result",
            "status",
            "silent");

    private final Paint paint;
    private final AlertTable table;
    private final List<String> lines = new ArrayList<>();

    WhyNotText(Paint paint, Instant now) {
        this.paint = paint;
        this.table = new AlertTable(paint, now, 0);
    }

    List<String> lines(JsonNode answer) {
        headline(answer);
        rule(answer);
        answer.path("attempts").forEach(this::attempt);
        if (answer.path("omitted").asInt() > 0) {
            lines.add("");
            lines.add("  … and " + answer.path("omitted").asInt() + " facts more that come as far");
        }
        if (!answer.path("complete").asBoolean(true)) {
            lines.add("");
            lines.add("  " + paint.amber("there was too much to look at all of it: name a node with --node"));
        }
        return List.copyOf(lines);
    }

    private void headline(JsonNode answer) {
        boolean holds = answer.path("holds").asBoolean();
        JsonNode rule = answer.path("rule");
        String node = Json.text(answer, "node");
        boolean aboutNodes = answer.path("about_nodes").asBoolean(true);
        String of = !aboutNodes
                ? " of cluster " + Json.text(answer, "cluster")
                : node.isEmpty() ? " of any node" : " of " + node;
        String verdict = holds ? paint.amber("✔ holds") : paint.cyan("✗ silent");
        lines.add(paint.bold(verdict) + "  rule \"" + Json.text(rule, "name") + "\"" + of + "  "
                + paint.faint(Json.text(rule, "file") + ":" + Json.text(rule, "line")));
        lines.add(paint.bold(Json.text(answer, "says")));
        for (JsonNode each : answer.path("suppressed_by")) {
            lines.add("  " + paint.amber("held back") + "  " + Json.text(each, "text"));
        }
    }

    private void rule(JsonNode answer) {
        Set<Integer> failing = new HashSet<>();
        JsonNode first = answer.path("attempts").path(0);
        first.path("steps").forEach(step -> failing(step, failing));
        lines.add("");
        new RuleLines(paint)
                .lines(
                        answer.path("text").asText(""),
                        answer.path("rule").path("line").asInt(),
                        failing)
                .forEach(lines::add);
    }

    private static void failing(JsonNode step, Set<Integer> failing) {
        if (Json.text(step, "verdict").equals("holds")) {
            return;
        }
        int before = failing.size();
        step.path("constraints").forEach(check -> note(check, failing));
        if (Json.text(step, "kind").matches("match|exists")) {
            step.path("seen").path(0).path("constraints").forEach(check -> note(check, failing));
        }
        if (failing.size() == before) {
            failing.add(step.path("line").asInt());
        }
    }

    private static void note(JsonNode check, Set<Integer> failing) {
        if (!Json.text(check, "verdict").equals("holds")) {
            failing.add(check.path("line").asInt());
        }
    }

    private void attempt(JsonNode attempt) {
        lines.add("");
        String about = Json.text(attempt, "about");
        JsonNode said = attempt.path("would_say");
        String conclusion = said.isObject() ? conclusion(said) : "";
        String verb = attempt.path("holds").asBoolean() ? "says " : "would say ";
        lines.add("  " + paint.bold(about.isEmpty() ? "the facts" : about)
                + (conclusion.isEmpty() ? "" : "  " + verb + conclusion));
        field("key", Json.text(attempt, "key"));
        JsonNode alert = attempt.path("alert");
        if (alert.isObject()) {
            String state = Json.text(alert, "state");
            field(
                    "alert",
                    Json.text(alert, "id") + " is " + paint.by(state, state) + " since " + Json.text(alert, "since")
                            + "; ./tocsin why " + Json.text(alert, "id"));
        }
        attempt.path("steps").forEach(this::step);
    }

    private static String conclusion(JsonNode said) {
        return switch (Json.text(said, "kind")) {
            case "finding" ->
                Json.text(said, "severity") + " " + Json.text(said, "alert_type") + " \"" + Json.text(said, "message")
                        + "\"" + hold(said);
            case "escalation" ->
                "level " + Json.text(said, "level") + " to " + names(said.path("to")) + " after "
                        + Json.text(said, "after");
            case "route" -> "that it goes to " + Json.text(said, "receiver");
            default -> "";
        };
    }

    private static String names(JsonNode names) {
        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(Text.clean(name.asText())));
        return String.join(", ", words);
    }

    private static String hold(JsonNode said) {
        String hold = Json.text(said, "hold_for");
        return hold.equals("0s") ? "" : " after " + hold;
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            lines.add("    " + Columns.pad(name, 7) + value);
        }
    }

    private void step(JsonNode step) {
        lines.add("    " + verdict(step) + "  " + Json.text(step, "text"));
        boolean match = Json.text(step, "kind").equals("match");
        JsonNode only = step.path("seen").path(0).path("constraints");
        if (!match || only.isEmpty()) {
            lines.add("             " + paint.faint(Json.text(step, "says")));
        }
        checks(step.path("constraints"));
        int shown = 0;
        for (JsonNode seen : step.path("seen")) {
            boolean counted = seen.path("matches").asBoolean();
            boolean wanted = counted || match || !Json.text(step, "verdict").equals("holds");
            if (wanted && shown++ < MOST_SEEN) {
                seen(step, seen, match);
            }
        }
    }

    private void seen(JsonNode step, JsonNode seen, boolean match) {
        JsonNode fact = seen.path("fact");
        boolean fails = !seen.path("matches").asBoolean();
        if (!match) {
            String count =
                    Json.text(step, "kind").equals("accumulate") ? (fails ? "not counted  " : "counted      ") : "";
            lines.add("             " + count + brief(fact));
        }
        if (match || fails && Json.text(step, "kind").equals("exists")) {
            checks(seen.path("constraints"));
            lines.add("             " + paint.faint(brief(fact)));
        } else if (fails) {
            List<String> why = new ArrayList<>();
            seen.path("constraints").forEach(check -> {
                if (!Json.text(check, "verdict").equals("holds")) {
                    why.add(Json.text(check, "text") + ": " + Json.text(check, "says"));
                }
            });
            lines.add("                          " + paint.faint(String.join("; ", why)));
        }
    }

    /** {@code resource_usage of n1, received 12s ago, fresh until …}. */
    private String brief(JsonNode fact) {
        String node = Json.text(fact, "node");
        StringBuilder text = new StringBuilder(Json.text(fact, "type"));
        text.append(node.isEmpty() ? "" : " of " + node);
        for (String name : NAMING) {
            String value = Json.text(fact, name);
            text.append(value.isEmpty() ? "" : ", " + name + " " + value);
        }
        String received = Json.text(fact, "received_at");
        text.append(received.isEmpty() ? "" : ", received " + table.age(received) + " ago");
        if (fact.path("fresh").isBoolean() && !fact.path("fresh").asBoolean()) {
            String since = Json.text(fact, "fresh_until");
            text.append(", not fresh" + (since.isEmpty() ? "" : " for " + table.age(since)));
        }
        return text.toString();
    }

    private void checks(JsonNode checks) {
        int width = 0;
        for (JsonNode check : checks) {
            width = Math.max(width, Columns.of(Json.text(check, "text")));
        }
        for (JsonNode check : checks) {
            String says = Json.text(check, "says");
            lines.add("      " + verdict(check) + "  " + Columns.pad(Json.text(check, "text"), Math.min(60, width))
                    + "  " + (Json.text(check, "verdict").equals("holds") ? paint.faint(says) : paint.bold(says)));
        }
    }

    private String verdict(JsonNode of) {
        return switch (Json.text(of, "verdict")) {
            case "holds" -> paint.green("✔ holds");
            case "fails" -> paint.red("✗ fails");
            default -> paint.amber("? open ");
        };
    }
}
