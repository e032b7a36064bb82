package io.tocsin.model;

import java.util.List;

/**
 * What config says about a monitored cluster; a fact in that cluster's session.
 *
 * @param cluster the monitored cluster
 * @param nodes the nodes it should have
 * @param quorum how many of them must be up for the cluster to take decisions, 1 to the number of nodes
 */
public record Topology(String cluster, List<String> nodes, int quorum) {
    public Topology {
        nodes = List.copyOf(nodes);
    }

    /** How many nodes there should be. */
    public int size() {
        return nodes.size();
    }
}
