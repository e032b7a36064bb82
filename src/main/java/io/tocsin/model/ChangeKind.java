package io.tocsin.model;

/** What happened to an alert at one revision. */
public enum ChangeKind implements Wire {
    /** The finding holds, its hold time runs; nobody is told. */
    PENDING(false),
    /** The hold is over: people are told. */
    FIRED(true),
    /** The severity rose; the ladder starts again at level 0. */
    RAISED(true),
    /** The severity fell; the ladder goes on. */
    FELL(true),
    /** Nobody answered in time: one level up, more receivers. */
    ESCALATED(true),
    /** Somebody, or an integration, answered. */
    ACKNOWLEDGED(true),
    /** The time an acknowledgement was good for is over; the ladder resumes. */
    ACK_EXPIRED(true),
    /** A receiver was added by a change of rules. */
    ROUTED(true),
    /** No reading under the alert is fresh any more; it stays open. */
    STALE(false),
    /** Readings under a stale alert came back. */
    FRESH(false),
    /** The alert is over. */
    RESOLVED(true),
    /** A pending alert whose finding went before the hold was over; it is discarded. */
    LAPSED(false);

    private final boolean told;

    ChangeKind(boolean told) {
        this.told = told;
    }

    /** Whether receivers hear of a change of this kind. */
    public boolean told() {
        return told;
    }
}
