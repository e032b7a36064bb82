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
import java.util.Optional;
import java.util.Set;

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

    /** Traces, analyses and snapshots, newest first; null for any cluster or type. */
    List<Telemetry> diagnostics(String cluster, String type, int limit);

    /** Figures over the alerts that fired and that began at an instant or later. */
    Stats stats(Instant since);

    /**
     * Which alerts are wanted; null for any, an empty set of states for all.
     *
     * @param cursor where the page before ended; null for the first
     * @param limit 1 to 1000
     */
    record Query(
            Set<AlertState> states,
            Set<Severity> severities,
            String cluster,
            String node,
            String alertType,
            String cursor,
            int limit) {}

    /**
     * A page of alerts.
     *
     * @param next the cursor of the next page; null on the last
     */
    record Page(List<Alert> alerts, String next) {}

    /**
     * Figures of a window.
     *
     * @param fired how many alerts fired
     * @param meanAckSeconds mean time from firing to the first acknowledgement; null if none was acknowledged
     * @param meanResolveSeconds mean time from firing to resolution; null if none resolved
     * @param byRule how many fired, per rule that said so then; an alert under two rules counts for both
     * @param byType how many fired, per alert type
     * @param bySeverity the same per severity
     * @param byReceiver notifications per receiver and state, {@code slack -> {sent: 3, failed: 1}}
     */
    record Stats(
            long fired,
            Double meanAckSeconds,
            Double meanResolveSeconds,
            java.util.Map<String, Long> byRule,
            java.util.Map<String, Long> byType,
            java.util.Map<String, Long> bySeverity,
            java.util.Map<String, java.util.Map<String, Long>> byReceiver) {}
}
