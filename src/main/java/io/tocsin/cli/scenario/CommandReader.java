package io.tocsin.cli.scenario;

import io.tocsin.model.Text;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a person does on a time line: answers an alert, or says that it is over. */
final class CommandReader {
    private static final Set<String> ACK = ScenarioReader.ordered("by", "message", "for");
    private static final Set<String> RESOLVE = ScenarioReader.ordered("by");
    private static final String SOMEBODY = "somebody";

    private final Mistakes mistakes;

    CommandReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** An acknowledgement; null, and a mistake, if it is none. */
    Scenario.Action ack(Node node) {
        Map<String, Object> match = match(node, "ack", ACK);
        if (match == null) {
            return null;
        }
        Node.Branch ack = (Node.Branch) node;
        Duration lasts = TimelineReader.duration(mistakes, ack, "for", false);
        if (lasts != null && lasts.isZero()) {
            mistakes.expected(ack.at("for"), "ack.for", "more than 0s");
        }
        return new Scenario.AckIt(match, text(ack, "by", SOMEBODY), text(ack, "message", ""), lasts);
    }

    /** A resolution by hand; null, and a mistake, if it is none. */
    Scenario.Action resolve(Node node) {
        Map<String, Object> match = match(node, "resolve", RESOLVE);
        return match == null ? null : new Scenario.ResolveIt(match, text((Node.Branch) node, "by", SOMEBODY));
    }

    private Map<String, Object> match(Node node, String what, Set<String> own) {
        if (!(node instanceof Node.Branch branch)) {
            mistakes.expected(node, what, "{alert_type: …, node: …, by: …}");
            return null;
        }
        Set<String> allowed = new LinkedHashSet<>(List.of("alert_type", "node", "subject"));
        allowed.addAll(own);
        allowed.addAll(ExpectReader.ALERT);
        mistakes.unknown(branch, allowed);
        Map<String, Object> match = TimelineReader.plain(branch, own);
        if (match.isEmpty()) {
            mistakes.missing(branch, what + ".alert_type", "the type of the alert that is meant");
        }
        return match;
    }

    private String text(Node.Branch branch, String key, String otherwise) {
        Node node = branch.at(key);
        if (node == null || node.plain() == null) {
            return otherwise;
        }
        if (!(node instanceof Node.Leaf)) {
            mistakes.expected(node, key, "a text");
        }
        return Text.clean(String.valueOf(node.plain()));
    }
}
