package io.tocsin.notify;

/**
 * News about a receiver itself: it works (for the first time or again), cannot be reached, or something for it was given up. Turned into telemetry
 * it becomes an alert of its own, heard by the receivers that still work.
 *
 * @param receiver the receiver's name
 * @param up whether it works
 * @param reason why not, one line without any secret; null when it works
 * @param alertId the alert whose notification was given up; null if none was
 */
public record ReceiverHealth(String receiver, boolean up, String reason, String alertId) {
    /** The name of the health check that stands for a receiver: {@code receiver:slack}. */
    public String checkName() {
        return "receiver:" + receiver;
    }
}
