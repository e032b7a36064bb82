package io.tocsin.evaluate;

/** What became of a reading. */
public enum Put {
    /** It is the newest of its series now. */
    TAKEN,
    /** Its series was put since the last fire; fire, then put it again. */
    AGAIN,
    /** A newer reading of its series is held. */
    OLDER,
    /** There are as many series as there may be. */
    FULL,
    /** It is somebody's cluster health, and rules derive one here. */
    SUPERSEDED
}
