package io.tocsin.model;

/** Where a cluster health comes from. */
public enum Origin implements Wire {
    /** Somebody sent it. */
    RECEIVED,
    /** Quorum rules concluded it. */
    DERIVED
}
