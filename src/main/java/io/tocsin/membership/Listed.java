package io.tocsin.membership;

import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The member list of config, whose entries are the nodes of the cluster {@code tocsin}, and who of those that are there is
 * which of them. A member calls itself as its own config writes it, or by its address if its name was not known yet when it
 * started; where that is not how it stands in the list here, the names of the list are looked up, so that nobody is a node
 * twice, once by name and once by address.
 */
final class Listed {
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final List<String> nodes;
    private final Executor lookUps;
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Null as long as nothing was looked up. */
    private volatile Map<String, String> byPlace;

    private volatile long due = Long.MIN_VALUE;

    /**
     * A list.
     *
     * @param nodes {@code host:port}
     * @param lookUps where names are looked up, which may take seconds
     */
    Listed(List<String> nodes, Executor lookUps) {
        this.nodes = List.copyOf(nodes);
        this.lookUps = lookUps;
    }

    List<String> nodes() {
        return nodes;
    }

    /** A member as the node that it is; empty if that has to be looked up first. */
    Optional<SeenMember> named(SeenMember one) {
        Map<String, String> names = byPlace;
        if (nodes.isEmpty() || nodes.contains(one.node())) {
            return Optional.of(one);
        }
        return names == null ? Optional.empty() : Optional.of(one.as(names.getOrDefault(one.place(), one.node())));
    }

    /** Looks names up if somebody is there who stands in the list under no name that is known. */
    void see(Roster.View view, long nanos) {
        Set<String> known = new HashSet<>();
        view.all().stream()
                .filter(one -> !one.foreign())
                .forEach(one -> known.add(named(one).orElse(one).node()));
        boolean nameless =
                !nodes.isEmpty() && !nodes.containsAll(known) && (byPlace == null || !known.containsAll(nodes));
        if (nameless && nanos >= due && looking.compareAndSet(false, true)) {
            due = nanos + AGAIN.toNanos();
            lookUps.execute(() -> {
                try {
                    lookUp();
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void lookUp() {
        Map<String, String> found = byPlace == null ? new HashMap<>() : new HashMap<>(byPlace);
        for (String node : nodes) {
            HostAndPort written = HostAndPort.parseAuthority(node, MuteMembers.DEFAULT_PORT);
            if (written != null) {
                try {
                    String address = InetAddress.getByName(written.host()).getHostAddress();
                    found.put(address + ":" + written.port(), node);
                } catch (UnknownHostException notYet) {
                    continue;
                }
            }
        }
        byPlace = Map.copyOf(found);
    }

    /**
     * Whether an entry of a list is this member.
     *
     * @param settings where it is bound
     * @param address the numeric address of that
     * @param name the name of its host; it tells where no server knows the name in the list yet, as that of a pod that has
     *     just come up
     */
    static boolean isMe(String member, HazelcastSettings settings, String address, String name) {
        HostAndPort written = HostAndPort.parseAuthority(member, MuteMembers.DEFAULT_PORT);
        if (written == null || written.port() != settings.port()) {
            return false;
        }
        if (written.host().equals(settings.host())) {
            return true;
        }
        try {
            return InetAddress.getByName(written.host()).getHostAddress().equals(address);
        } catch (UnknownHostException unknown) {
            return written.host().equals(name) || written.host().startsWith(name + ".");
        }
    }
}
