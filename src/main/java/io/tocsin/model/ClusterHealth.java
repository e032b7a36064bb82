package io.tocsin.model;

import java.util.List;

/**
 * Health of a whole monitored cluster, concluded by quorum rules or sent by somebody.
 *
 * @param head what every message carries
 * @param status overall
 * @param healthyNodes how many nodes are healthy; null if unknown
 * @param totalNodes how many there are; null if unknown
 * @param degradedNodes nodes that work worse than they should, sorted
 * @param unhealthyNodes nodes that failed or are silent, sorted
 * @param quorumStatus whether enough nodes are up; null if unknown
 * @param origin who says so
 */
public record ClusterHealth(
        Head head,
        HealthStatus status,
        Integer healthyNodes,
        Integer totalNodes,
        List<String> degradedNodes,
        List<String> unhealthyNodes,
        QuorumStatus quorumStatus,
        Origin origin)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "cluster_health";

    public ClusterHealth {
        degradedNodes = degradedNodes == null ? List.of() : List.copyOf(degradedNodes);
        unhealthyNodes = unhealthyNodes == null ? List.of() : List.copyOf(unhealthyNodes);
        head = head.keyed(TYPE);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public ClusterHealth with(Head head) {
        return new ClusterHealth(
                head, status, healthyNodes, totalNodes, degradedNodes, unhealthyNodes, quorumStatus, origin);
    }

    @Override
    public String subject() {
        return cluster();
    }
}
