package io.tocsin.model;

import java.time.Instant;
import java.util.List;

/**
 * One change of an alert, kept as its history.
 *
 * @param alertId the alert
 * @param revision the revision it led to
 * @param kind what happened
 * @param at when
 * @param cause what made it happen
 * @param detail one line for people: the reason, who, the level
 * @param by who asked for it; null if nobody did
 * @param to whom an escalation called; empty otherwise
 */
public record Transition(
        String alertId,
        long revision,
        ChangeKind kind,
        Instant at,
        Cause cause,
        String detail,
        String by,
        List<String> to) {
    public Transition {
        to = List.copyOf(to);
    }
}
