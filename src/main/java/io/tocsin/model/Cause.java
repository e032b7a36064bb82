package io.tocsin.model;

/** What made a round of a session run; every transition carries one. */
public enum Cause implements Wire {
    /** Telemetry came in. */
    READING,
    /** A reading passed its time to live. */
    EXPIRY,
    /** A hold, quiet time, escalation or acknowledgement ran out. */
    DEADLINE,
    /** A start or takeover brought the session back. */
    RESTORE,
    /** The rules changed. */
    RULES,
    /** A person or an integration asked for it. */
    COMMAND
}
