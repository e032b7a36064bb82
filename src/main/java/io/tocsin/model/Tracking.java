package io.tocsin.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What the lifecycle remembers of an alert beyond its document, so that a restart goes on where it stopped.
 *
 * @param life the number of this life of its key, from 1
 * @param holds since when each finding under it holds
 * @param clearSince since when no finding holds, on evidence; null while one does
 * @param heard receivers that were told that it fires; they are told of the rest
 * @param escalatedTo receivers and addresses that escalation added
 * @param passedOver receivers that rules route the alert to and that config does not define
 */
public record Tracking(
        long life,
        List<Hold> holds,
        Instant clearSince,
        Set<String> heard,
        Set<String> escalatedTo,
        Set<String> passedOver) {
    public Tracking {
        holds = List.copyOf(holds);
        heard = Set.copyOf(heard);
        escalatedTo = Set.copyOf(escalatedTo);
        passedOver = Set.copyOf(passedOver);
    }

    /** Where every receiver is defined. */
    public Tracking(long life, List<Hold> holds, Instant clearSince, Set<String> heard, Set<String> escalatedTo) {
        this(life, holds, clearSince, heard, escalatedTo, Set.of());
    }

    /**
     * Since when a rule has held one severity for the key, whatever its value did meanwhile.
     *
     * @param rule the rule's name
     * @param severity the severity
     * @param since since when
     */
    public record Hold(String rule, Severity severity, Instant since) {}
}
