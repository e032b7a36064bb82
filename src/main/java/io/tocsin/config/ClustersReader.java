package io.tocsin.config;

import io.tocsin.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads {@code clusters}: the monitored ones. */
final class ClustersReader {
    private ClustersReader() {}

    static List<Topology> read(Section root) {
        List<Topology> clusters = new ArrayList<>();
        root.entries("clusters").forEach((name, entry) -> {
            try (entry) {
                clusters.add(cluster(name, entry));
            }
        });
        return clusters;
    }

    private static Topology cluster(String name, Section entry) {
        Names.check(name, entry);
        List<String> nodes = entry.list("nodes", List.of());
        if (nodes.isEmpty()) {
            entry.problem("nodes", "names no node; write those the cluster should have, such as [n1, n2, n3]");
        }
        List<String> twice = new ArrayList<>(nodes);
        new HashSet<>(nodes).forEach(twice::remove);
        if (!twice.isEmpty()) {
            entry.problem("nodes", "names " + String.join(", ", twice) + " more than once");
        }
        int size = Math.max(1, nodes.size());
        int quorum = entry.number("quorum", size / 2 + 1, 1, size);
        return new Topology(name, nodes, quorum);
    }
}
