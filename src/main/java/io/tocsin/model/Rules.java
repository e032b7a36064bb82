package io.tocsin.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

    /** The number under a name of a free-form map; NaN if there is none or it is no number, so that a comparison is false. */
    public static double num(Map<String, Object> map, String name) {
        return map != null && map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The text under a name of a free-form map; empty if there is none. */
    public static String text(Map<String, Object> map, String name) {
        Object value = map == null ? null : map.get(name);
        return value == null ? "" : value.toString();
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
        Set<Object> all = Set.copyOf(nodes);
        Set<String> down = new TreeSet<>();
        unhealthy.forEach(node -> add(down, node, all));
        Set<String> poor = new TreeSet<>();
        degraded.forEach(node -> add(poor, node, all));
        poor.removeAll(down);
        boolean lost = quorum > 0 && all.size() - down.size() < quorum;
        boolean failed = lost || (!all.isEmpty() && down.size() * 2 > all.size());
        List<String> downList = new ArrayList<>(down);
        return new ClusterHealth(
                new Head(cluster, null, null, null, Map.of(), null, true, null),
                failed
                        ? HealthStatus.UNHEALTHY
                        : down.isEmpty() && poor.isEmpty() ? HealthStatus.HEALTHY : HealthStatus.DEGRADED,
                all.size() - down.size() - poor.size(),
                all.size(),
                new ArrayList<>(poor),
                downList,
                lost ? QuorumStatus.LOST : QuorumStatus.AVAILABLE,
                Origin.DERIVED);
    }

    private static void add(Set<String> set, Object node, Set<Object> all) {
        if (all.contains(node)) {
            set.add(node.toString());
        }
    }
}
