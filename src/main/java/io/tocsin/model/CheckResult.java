package io.tocsin.model;

/** How a health check ended. */
public enum CheckResult implements Wire {
    /** The check found what it expects. */
    PASS,
    /** The check found something else; the error says what. */
    FAIL,
    /** The check had no answer within its time. */
    TIMEOUT
}
