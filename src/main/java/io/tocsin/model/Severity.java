package io.tocsin.model;

/** How bad a finding or an alert is, in rising order. */
public enum Severity implements Wire {
    /** Worth knowing, nobody is woken. */
    INFO,
    /** Somebody should look within the working day. */
    WARNING,
    /** Somebody is woken now. */
    CRITICAL
}
