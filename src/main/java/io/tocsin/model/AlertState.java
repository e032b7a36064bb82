package io.tocsin.model;

/** Where in its life an alert is. */
public enum AlertState implements Wire {
    /** Its finding holds, but not yet for as long as the rule asks; nobody was told. */
    PENDING,
    /** People are told and the escalation ladder runs. */
    FIRING,
    /** Somebody answered; the ladder rests. */
    ACKNOWLEDGED,
    /** Over. The next finding of the same key opens a new alert. */
    RESOLVED
}
