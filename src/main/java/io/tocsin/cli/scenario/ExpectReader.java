package io.tocsin.cli.scenario;

import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.LimitType;
import io.tocsin.model.Severity;
import io.tocsin.model.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expectations: which lists there are, what an entry may name, and which words a closed choice has. */
final class ExpectReader {
    /** What an entry may name of an alert: the fields of its document. */
    static final Set<String> ALERT = ScenarioReader.ordered(
            "alert_type",
            "node",
            "subject",
            "state",
            "severity",
            "escalation_level",
            "level",
            "message",
            "value",
            "limit",
            "limit_type",
            "stale",
            "degraded",
            "labels",
            "context",
            "cluster",
            "id",
            "key",
            "acknowledged_by",
            "ack_message",
            "acknowledged_at",
            "ack_expires_at",
            "auto_ack",
            "resolved_because",
            "resolved_by",
            "resolved_at",
            "next_escalation_at",
            "level_since",
            "since",
            "fired_at",
            "updated_at",
            "timestamp",
            "quiet_for",
            "runbook",
            "rules",
            "revision",
            "rule_hash");

    private static final Set<String> LISTS = ScenarioReader.ordered("alerts", "notifications", "escalations");
    private static final Map<String, Set<String>> NAMES = Map.of(
            "alerts", ALERT,
            "notifications", with("receiver", "change", "first"),
            "escalations", with("level", "to", "reason"));
    private static final Map<String, Set<String>> WORDS = Map.of(
            "state", words(AlertState.values()),
            "severity", words(Severity.values()),
            "limit_type", words(LimitType.values()),
            "change", told());
    private static final Set<String> FLAGS = Set.of("stale", "degraded", "auto_ack", "first");
    private static final Set<String> FIGURES = Set.of("level", "escalation_level", "value", "limit", "revision");

    private final Mistakes mistakes;

    ExpectReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    private static Set<String> with(String... own) {
        Set<String> all = new LinkedHashSet<>(List.of(own));
        all.addAll(ALERT);
        return all;
    }

    private static Set<String> words(Wire[] constants) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(constants).forEach(constant -> words.add(constant.wire()));
        return words;
    }

    private static Set<String> told() {
        return words(Arrays.stream(ChangeKind.values()).filter(ChangeKind::told).toArray(ChangeKind[]::new));
    }

    /** The expectation; null, and a mistake, if it is none. */
    Scenario.Action expect(Node node) {
        if (!(node instanceof Node.Branch branch) || branch.fields().isEmpty()) {
            mistakes.expected(node, "expect", "one or more of " + String.join(", ", LISTS));
            return null;
        }
        mistakes.unknown(branch, LISTS);
        return new Scenario.Expect(list(branch, "alerts"), list(branch, "notifications"), list(branch, "escalations"));
    }

    private List<Map<String, Object>> list(Node.Branch expect, String name) {
        Node node = expect.at(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof Node.Items items)) {
            mistakes.expected(node, name, "a list, [] for none");
            return null;
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Node item : items.items()) {
            if (item instanceof Node.Branch entry && !entry.fields().isEmpty()) {
                check(name, entry);
                entries.add(entry.plain());
            } else {
                mistakes.expected(item, "an entry of " + name, "{" + example(name) + "}");
            }
        }
        return entries;
    }

    private static String example(String name) {
        return switch (name) {
            case "alerts" -> "alert_type: memory_usage, node: n1, state: firing";
            case "notifications" -> "receiver: log, change: fired";
            default -> "level: 1, to: [oncall]";
        };
    }

    private void check(String list, Node.Branch entry) {
        mistakes.unknown(entry, NAMES.get(list));
        entry.fields().forEach((name, field) -> {
            Object value = field.value().plain();
            Set<String> words = WORDS.get(name);
            if (words != null && value != null && !words.contains(value.toString())) {
                mistakes.wrong(field.value(), name, value.toString(), words);
            } else if (FLAGS.contains(name) && value != null && !(value instanceof Boolean)) {
                mistakes.expected(field.value(), name, "true or false");
            } else if (FIGURES.contains(name) && value != null && !(value instanceof Number)) {
                mistakes.expected(field.value(), name, "a number");
            } else if (name.equals("to") && !(value instanceof List)) {
                mistakes.expected(field.value(), name, "a list such as [oncall]");
            }
        });
    }
}
