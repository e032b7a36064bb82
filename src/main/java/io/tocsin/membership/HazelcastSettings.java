package io.tocsin.membership;

import java.util.List;

/**
 * Section {@code hazelcast}.
 *
 * @param enabled whether members and other Vert.x applications may join; otherwise the bus is local
 * @param clusterName members of one name join, default {@code tocsin}
 * @param host the interface to bind, default {@code 127.0.0.1}
 * @param port the port, default 5701
 * @param members {@code host:port} of members to look for; none where Kubernetes names them
 * @param serviceDns the name of a headless Kubernetes service whose addresses are the members; null for none
 */
public record HazelcastSettings(
        boolean enabled, String clusterName, String host, int port, List<String> members, String serviceDns) {
    public HazelcastSettings {
        members = List.copyOf(members);
    }

    /** Members that are found by a list. */
    public HazelcastSettings(boolean enabled, String clusterName, String host, int port, List<String> members) {
        this(enabled, clusterName, host, port, members, null);
    }
}
