package io.tocsin.store;

import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.List;

/**
 * What one step of one cluster's session decided; written whole or not at all.
 *
 * @param cluster the monitored cluster
 * @param epoch the owner's epoch; a transaction of an older one is refused
 * @param at the instant of the step
 * @param changes alerts that changed
 * @param notifications what receivers are to hear; idempotent by alert, revision and receiver
 * @param sources sources that were first seen, fell silent or came back, and now and then the others
 * @param gone names of sources that are forgotten
 * @param diagnostics traces, analyses and snapshots for the history
 */
public record Transaction(
        String cluster,
        long epoch,
        Instant at,
        List<Change> changes,
        List<Notification> notifications,
        List<SourceSeen> sources,
        List<String> gone,
        List<Telemetry> diagnostics) {
    public Transaction {
        changes = List.copyOf(changes);
        notifications = List.copyOf(notifications);
        sources = List.copyOf(sources);
        gone = List.copyOf(gone);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return changes.isEmpty()
                && notifications.isEmpty()
                && sources.isEmpty()
                && gone.isEmpty()
                && diagnostics.isEmpty();
    }

    /**
     * One alert's change in this step.
     *
     * @param life the alert after the step
     * @param transitions what happened to it in the step, in order
     * @param discarded whether it was pending and lapsed: its rows are deleted, its life number is free again
     */
    public record Change(Life life, List<Transition> transitions, boolean discarded) {
        public Change {
            transitions = List.copyOf(transitions);
        }
    }

    /**
     * A source as stored.
     *
     * @param node the node
     * @param check the check; null for the node itself
     * @param lastSeen when it last reported
     * @param silent whether it is silent
     * @param ttlMillis the longest time to live among its series, milliseconds
     */
    public record SourceSeen(String node, String check, Instant lastSeen, boolean silent, long ttlMillis) {
        /** {@code n1} or {@code n1/check}, as {@link io.tocsin.model.Source#name}. */
        public String name() {
            return check == null ? node : node + "/" + check;
        }
    }
}
