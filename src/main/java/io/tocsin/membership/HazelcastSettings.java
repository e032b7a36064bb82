package io.tocsin.membership;

import java.util.List;

/**
 * Section {@code hazelcast}.
 *
 * @param enabled whether members and other Vert.x applications may join; otherwise the bus is local
 * @param clusterName members of one name join, default {@code tocsin}
 * @param host the interface to bind, default {@code 127.0.0.1}
 * @param port the port, default 5701
 * @param members {@code host:port} of members to look for
 */
public record HazelcastSettings(boolean enabled, String clusterName, String host, int port, List<String> members) {
    public HazelcastSettings {
        members = List.copyOf(members);
    }
}
