package io.tocsin.model;

/** Whether enough nodes of a monitored cluster are up to take decisions. */
public enum QuorumStatus implements Wire {
    /** At least a quorum of the nodes is up. */
    AVAILABLE,
    /** Fewer than a quorum are up. */
    LOST
}
