package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the API reads of the store. Every method blocks. */
public interface History {
    /**
     * Alerts, newest first (by when they began, then id).
     *
     * @throws IllegalArgumentException if the cursor is none or the limit is out of range; the message is for the client
     */
    Page alerts(Query query);

    /** One alert with all that is stored of it. */
    Optional<Life> life(String alertId);

    /** What happened to an alert, oldest first; none if it is not kept. */
    List<Transition> transitions(String alertId);

    /** What receivers were or are to be told of an alert, oldest first, then by receiver. */
    List<Notification> notifications(String alertId);

    /** A rule as it was in a rule set; empty if that set is not kept. */
    Optional<RuleInfo> rule(String ruleHash, String name);

    /**
     * Traces, analyses and snapshots, newest first.
     *
     * @throws IllegalArgumentException if the cursor is none; the message is for the client
     */
    Diagnostics.Page diagnostics(Diagnostics.Query query);

    /** One of them; empty if it is not kept. */
    Optional<Diagnostics.Kept> diagnostic(String id);

    /** The newest of them; null for any cluster or type. */
    default List<Telemetry> diagnostics(String cluster, String type, int limit) {
        return diagnostics(new Diagnostics.Query(cluster, type, null, null, null, limit)).diagnostics().stream()
                .map(Diagnostics.Kept::telemetry)
                .toList();
    }

    /** Figures over the alerts that fired and that began at an instant or later. */
    Stats stats(Instant since);

    /** How many alerts have ended since. */
    long resolvedSince(Instant since);

    /**
     * Which alerts are wanted; null for any, an empty set of states for all.
     *
     * @param key with this key, written {@code cluster/alert_type/subject}
     * @param text with this text in type, subject, node or message, whatever its case; a page may then be short
     * @param cursor where the page before ended; null for the first
     * @param limit 1 to 1000
     */
    record Query(
            Set<AlertState> states,
            Set<Severity> severities,
            String cluster,
            String node,
            String alertType,
            String key,
            String text,
            String cursor,
            int limit) {
        /** Whatever their key and text. */
        public Query(
                Set<AlertState> states,
                Set<Severity> severities,
                String cluster,
                String node,
                String alertType,
                String cursor,
                int limit) {
            this(states, severities, cluster, node, alertType, null, null, cursor, limit);
        }
    }

    /**
     * A page of alerts.
     *
     * @param next the cursor of the next page; null on the last
     */
    record Page(List<Alert> alerts, String next) {}

    /**
     * Figures of a window.
     *
     * @param all over everything that fired
     * @param rules per rule that said so then; an alert under two rules counts for both
     * @param byType how many fired, per alert type
     * @param severities per severity
     * @param nodes per node, the hundred of which most fired
     * @param byReceiver notifications per receiver and state, {@code slack -> {sent: 3, failed: 1}}
     */
    record Stats(
            Figures all,
            Map<String, Figures> rules,
            Map<String, Long> byType,
            Map<String, Figures> severities,
            Map<String, Figures> nodes,
            Map<String, Map<String, Long>> byReceiver) {
        /** How many alerts fired. */
        public long fired() {
            return all.fired();
        }

        /** Mean time from firing to the first acknowledgement; null if none was acknowledged. */
        public Double meanAckSeconds() {
            return all.meanAckSeconds();
        }

        /** Mean time from firing to resolution; null if none resolved. */
        public Double meanResolveSeconds() {
            return all.meanResolveSeconds();
        }

        /** How many fired, per rule. */
        public Map<String, Long> byRule() {
            return fired(rules);
        }

        /** How many fired, per severity. */
        public Map<String, Long> bySeverity() {
            return fired(severities);
        }

        /** How many fired, per node. */
        public Map<String, Long> byNode() {
            return fired(nodes);
        }

        private static Map<String, Long> fired(Map<String, Figures> figures) {
            Map<String, Long> fired = new TreeMap<>();
            figures.forEach((name, of) -> fired.put(name, of.fired()));
            return fired;
        }
    }
}
