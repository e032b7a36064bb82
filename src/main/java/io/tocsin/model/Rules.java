package io.tocsin.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Small helpers for rules: total functions, no state; {@code import static io.tocsin.model.Rules.*}. */
public final class Rules {
    private Rules() {}

    /** So many seconds. */
    public static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** So many minutes. */
    public static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    /** So many hours. */
    public static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    /**
     * Whether an hour lies in a stretch of the day, which may go over midnight: {@code within(hour, 22, 6)} is the night.
     *
     * @param hour the hour that has begun, 0 to 23
     * @param from the first hour of the stretch
     * @param to the hour with which it ends; the same as {@code from} for the whole day
     */
    public static boolean within(int hour, int from, int to) {
        return from < to ? hour >= from && hour < to : hour >= from || hour < to;
    }

    /** The number under a name of a free-form map; NaN if there is none or it is no number, so that a comparison is false. */
    public static double num(Map<String, Object> map, String name) {
        return map != null && map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The text under a name of a free-form map; empty if there is none. */
    public static String text(Map<String, Object> map, String name) {
        Object value = map == null ? null : map.get(name);
        return value == null ? "" : value.toString();
    }

    /** The value a source gave, or another one where it gave none. */
    public static <T> T given(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** An instant for people, to the second, such as {@code 2026-03-01T12:00:00Z}; {@code never} if there was none. */
    public static String time(Instant instant) {
        return instant == null
                ? "never"
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * In how many minutes a figure reaches a ceiling at its present slope.
     *
     * @param ceiling the ceiling, in the figure's unit
     * @param value the figure now
     * @param slopePerMinute how much it grows a minute
     * @return whole minutes, 0 if it is there already, NaN if it does not grow, so that a comparison is false
     */
    public static double minutesUntil(double ceiling, double value, double slopePerMinute) {
        return slopePerMinute > 0 ? Math.ceil(Math.max(0, ceiling - value) / slopePerMinute) : Double.NaN;
    }

    /**
     * The nodes that collected facts are about, sorted, each once.
     *
     * @param facts collections of readings, sources, alerts or names of nodes
     */
    public static List<String> nodesOf(Collection<?>... facts) {
        List<String> nodes = new ArrayList<>();
        for (Collection<?> part : facts) {
            for (Object fact : part) {
                String node = node(fact);
                if (node != null) {
                    nodes.add(node);
                }
            }
        }
        nodes.sort(null); // at once what is sorted already, as nodes that go through here twice are
        return nodes.stream().distinct().toList();
    }

    /** The names of collected health checks, sorted, each once. */
    public static List<String> checksOf(Collection<?> facts) {
        Set<String> checks = new TreeSet<>();
        for (Object fact : facts) {
            if (fact instanceof HealthCheck check) {
                checks.add(check.checkName());
            }
        }
        return List.copyOf(checks);
    }

    /** Those of {@code nodes} that any of the collected facts is about, sorted, each once. */
    public static List<String> among(Collection<?> nodes, Collection<?>... facts) {
        List<String> named = nodesOf(facts);
        Set<?> known = named.isEmpty() ? Set.of() : new HashSet<>(nodes);
        return named.stream().filter(known::contains).toList();
    }

    /**
     * Whether fewer nodes are left than a quorum.
     *
     * @param nodes all nodes there should be
     * @param quorum how many of them must be up
     * @param down collections of facts about nodes that are down; others than {@code nodes} are ignored
     */
    public static boolean lacksQuorum(Collection<?> nodes, int quorum, Collection<?>... down) {
        return nodes.size() - among(nodes, down).size() < quorum;
    }

    /** Whether the collected facts are about more than half of {@code nodes}. */
    public static boolean isMost(Collection<?> nodes, Collection<?>... facts) {
        return among(nodes, facts).size() * 2 > nodes.size();
    }

    /** A figure for people: at most two decimals. */
    public static String fig(double value) {
        return Text.number(value);
    }

    /**
     * The health of a cluster from its exceptions.
     *
     * @param cluster the monitored cluster
     * @param nodes all nodes it should have
     * @param quorum how many must be up; 0 if config says nothing, then quorum is always available
     * @param unhealthy nodes that are down or silent; others than {@code nodes} are ignored
     * @param degraded nodes that work, but badly; those unhealthy too count as unhealthy
     */
    public static ClusterHealth clusterHealth(
            String cluster, Collection<?> nodes, int quorum, Collection<?> unhealthy, Collection<?> degraded) {
        return clusterHealth(cluster, nodes.size(), quorum, among(nodes, unhealthy), among(nodes, degraded));
    }

    /**
     * The health of a cluster of which config says nothing: the nodes it has are those that ever reported, and quorum is
     * always available. It names no cluster: the session that concludes it puts its own into it.
     *
     * @param nodes how many nodes ever reported
     * @param unhealthy those that are down or silent
     * @param degraded those that work, but badly; those unhealthy too count as unhealthy
     */
    public static ClusterHealth clusterHealth(long nodes, Collection<?> unhealthy, Collection<?> degraded) {
        return clusterHealth(null, nodes, 0, unhealthy, degraded);
    }

    private static ClusterHealth clusterHealth(
            String cluster, long nodes, int quorum, Collection<?> unhealthy, Collection<?> degraded) {
        List<String> down = nodesOf(unhealthy);
        Set<String> poor = new TreeSet<>(nodesOf(degraded));
        poor.removeAll(new HashSet<>(down));
        long healthy = Math.max(0, nodes - down.size() - poor.size());
        boolean lost = quorum > 0 && nodes - down.size() < quorum;
        boolean failed = lost || down.size() * 2L > nodes;
        return new ClusterHealth(
                new Head(cluster, null, null, null, Map.of(), null, true, null),
                failed
                        ? HealthStatus.UNHEALTHY
                        : down.isEmpty() && poor.isEmpty() ? HealthStatus.HEALTHY : HealthStatus.DEGRADED,
                (int) healthy,
                (int) nodes,
                List.copyOf(poor),
                down,
                lost ? QuorumStatus.LOST : QuorumStatus.AVAILABLE,
                Origin.DERIVED);
    }

    private static String node(Object fact) {
        if (fact instanceof Telemetry telemetry) {
            return telemetry.node();
        }
        if (fact instanceof Source source) {
            return source.node();
        }
        if (fact instanceof Alert alert) {
            return alert.node();
        }
        return fact instanceof String name ? name : null;
    }
}
