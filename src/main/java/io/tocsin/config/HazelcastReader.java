package io.tocsin.config;

import io.tocsin.membership.HazelcastSettings;
import io.tocsin.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code hazelcast}: whether and with whom this process makes one appliance. */
final class HazelcastReader {
    private static final int MAX_PORT = 65_535;
    private static final List<String> MEMBERS = List.of("127.0.0.1:5701");

    /** The monitored cluster whose nodes are the members. */
    private static final String OWN = "tocsin";

    private static final Pattern DNS_NAME = Pattern.compile(
            "(?=.{1,253}$)[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,62})(\\.[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,62}))*\\.?");

    private HazelcastReader() {}

    static HazelcastSettings read(Section root) {
        try (Section section = root.section("hazelcast")) {
            boolean enabled = section.flag("enabled", true);
            String name = section.text("cluster_name", "tocsin");
            String host = section.text("host", "127.0.0.1");
            int port = section.number("port", 5701, 1, MAX_PORT);
            String serviceDns = kubernetes(section);
            List<String> members = section.list("members", MEMBERS);
            check(section, members);
            if (serviceDns != null && !members.equals(MEMBERS)) {
                section.problem("members", "set either members or kubernetes.service_dns, not both");
            }
            if (serviceDns != null) {
                members = List.of();
            }
            if (enabled && !Addresses.loopback(host)) {
                section.warning("host", host + " can be reached by others: whoever reaches this port is a member");
            }
            if (enabled && serviceDns != null && Addresses.loopback(host)) {
                section.problem(
                        "host",
                        host + " is not reached by other pods; write the address of this pod, such as"
                                + " TOCSIN__HAZELCAST__HOST from status.podIP");
            }
            return new HazelcastSettings(enabled, name, host, port, members, serviceDns);
        }
    }

    private static void check(Section section, List<String> members) {
        for (String member : members) {
            if (Addresses.hostPort(member).isEmpty()) {
                section.problem("members", member + " is no host and port; write host:port, port 1 to 65535");
            }
        }
        List<String> twice = new ArrayList<>(members);
        new HashSet<>(members).forEach(twice::remove);
        if (!twice.isEmpty()) {
            section.problem("members", "names " + String.join(", ", twice) + " more than once");
        }
    }

    private static String kubernetes(Section hazelcast) {
        try (Section section = hazelcast.section("kubernetes")) {
            String dns = section.text("service_dns", null);
            if (dns != null && !DNS_NAME.matcher(dns).matches()) {
                section.problem(
                        "service_dns", dns + " is no name of a service; write SERVICE.NAMESPACE.svc.cluster.local");
            }
            return dns;
        }
    }

    /** The members are nodes of a cluster that config need not write down twice. */
    static List<Topology> withMembers(List<Topology> clusters, HazelcastSettings hazelcast) {
        List<String> members = hazelcast.members();
        boolean written = clusters.stream().anyMatch(one -> one.cluster().equals(OWN));
        if (!hazelcast.enabled() || members.size() < 2 || written) {
            return clusters;
        }
        List<Topology> all = new ArrayList<>(clusters);
        all.add(new Topology(OWN, members, members.size() / 2 + 1));
        return all;
    }
}
