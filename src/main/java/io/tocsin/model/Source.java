package io.tocsin.model;

import java.time.Instant;

/**
 * A node or a check that has ever reported, as a fact: what absence and quorum rules stand on.
 *
 * @param node the node
 * @param check the health check; null for the node itself
 * @param lastSeen when any of its series last had a reading; exact when {@code silent} turns, older in between (readings
 *     alone do not rewrite this fact); null for a node that config lists and that never reported
 * @param silent whether every series of it is past its time to live
 * @param observers how many health checks look at the node; 0 for a check
 */
public record Source(String node, String check, Instant lastSeen, boolean silent, int observers) {
    /** The name under which it is stored and explained: {@code n1} or {@code n1/persistence_check}. */
    public String name() {
        return check == null ? node : node + "/" + check;
    }
}
