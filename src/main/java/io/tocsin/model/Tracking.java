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
 */
public record Tracking(long life, List<Hold> holds, Instant clearSince, Set<String> heard, Set<String> escalatedTo) {
    public Tracking {
        holds = List.copyOf(holds);
        heard = Set.copyOf(heard);
        escalatedTo = Set.copyOf(escalatedTo);
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
