package io.tocsin.model;

/** Where a notification stands. */
public enum NotificationState implements Wire {
    /** Waits for its first or next attempt. */
    PENDING,
    /** The receiver took it. */
    SENT,
    /** Given up; the last attempt says why. */
    FAILED,
    /** Never sent, for the reason given. */
    SKIPPED
}
