package io.tocsin.membership;

import java.util.Locale;

/** Where a member stands in its life. */
public enum MemberState {
    /** It has joined and does not take part yet. */
    STARTING,
    /** It takes part: it may own monitored clusters and send for receivers. */
    READY,
    /** It is there but not well, and has something only as long as nobody is ready. */
    AILING,
    /** It is about to leave in good order and gives away what it owns. */
    DRAINING,
    /** It left in good order. Nobody announces this; the others conclude it. */
    LEFT,
    /** It was there and is no longer, without a word. Nobody announces this; the others conclude it. */
    LOST;

    /** The word on the wire: {@code ready}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a member may say this of itself. */
    boolean announced() {
        return this != LEFT && this != LOST;
    }
}
