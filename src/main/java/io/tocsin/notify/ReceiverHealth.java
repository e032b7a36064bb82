package io.tocsin.notify;

/**
 * News about a receiver itself: it works (for the first time or again), cannot be reached, or something for it was given up. Turned into telemetry
 * it becomes an alert of its own, heard by the receivers that still work. Only the member that tells a receiver says how it is.
 *
 * @param receiver the receiver's name
 * @param up whether it works
 * @param reason why not, one line without any secret; null when it works
 * @param alertId the alert whose notification was given up; null if none was
 * @param last whether this member says no more about it, as another one tells it from now on
 */
public record ReceiverHealth(String receiver, boolean up, String reason, String alertId, boolean last) {
    /** News after which more may come. */
    public ReceiverHealth(String receiver, boolean up, String reason, String alertId) {
        this(receiver, up, reason, alertId, false);
    }

    /** What fails at this member ends here, as nothing is sent from it any more. */
    static ReceiverHealth handedOver(String receiver) {
        return new ReceiverHealth(receiver, true, null, null, true);
    }

    /** The name of the health check that stands for a receiver: {@code receiver:slack}. */
    public String checkName() {
        return "receiver:" + receiver;
    }
}
