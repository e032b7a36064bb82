package io.tocsin.model;

import java.time.Instant;
import java.util.Map;

/**
 * One life of a finding key. Every change gives a new value with the next revision; rules see the latest one as a fact.
 *
 * @param id one per life, see {@link AlertKey#id}
 * @param key what it is about
 * @param node the node it is about; null for a cluster
 * @param labels names for grouping and routing
 * @param symptom what is wrong at present, or was when it last was
 * @param state where in its life it is
 * @param stale whether no reading under it is fresh
 * @param degraded whether it is said while the store is away, so that no history holds it yet
 * @param level the escalation level reached, 0 at first
 * @param levelSince when that level was reached
 * @param nextEscalationAt when the next level is due; null if none is
 * @param since when its finding first held
 * @param firedAt when people were first told; null while pending
 * @param ack the answer it had; null if none, or if it ran out
 * @param resolution how it ended; null while open
 * @param updatedAt when this revision came to be
 * @param revision 1 for the first
 * @param ruleHash the rule set that its reasons are from
 */
public record Alert(
        String id,
        AlertKey key,
        String node,
        Map<String, String> labels,
        Symptom symptom,
        AlertState state,
        boolean stale,
        boolean degraded,
        int level,
        Instant levelSince,
        Instant nextEscalationAt,
        Instant since,
        Instant firedAt,
        Ack ack,
        Resolution resolution,
        Instant updatedAt,
        long revision,
        String ruleHash) {
    public Alert {
        labels = Map.copyOf(labels);
    }

    /** The monitored cluster. */
    public String cluster() {
        return key.cluster();
    }

    /** The kind of trouble. */
    public String alertType() {
        return key.alertType();
    }

    /** What it is about. */
    public String subject() {
        return key.subject();
    }

    /** How bad it is at present. */
    public Severity severity() {
        return symptom.severity();
    }

    /** One line for people. */
    public String message() {
        return symptom.message();
    }

    /** Whether an answer stands. */
    public boolean acknowledged() {
        return ack != null;
    }

    /** The same, marked as said while the store was away. */
    public Alert asDegraded() {
        return with(true, nextEscalationAt);
    }

    /** The same with another instant at which its next level is due, which is shown but no change of the alert. */
    public Alert planned(Instant next) {
        return with(degraded, next);
    }

    private Alert with(boolean degraded, Instant nextEscalationAt) {
        return new Alert(
                id,
                key,
                node,
                labels,
                symptom,
                state,
                stale,
                degraded,
                level,
                levelSince,
                nextEscalationAt,
                since,
                firedAt,
                ack,
                resolution,
                updatedAt,
                revision,
                ruleHash);
    }

    /** Whether it is not resolved. */
    public boolean open() {
        return state != AlertState.RESOLVED;
    }
}
