package io.tocsin.lane;

import io.tocsin.model.Alert;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which monitored cluster each open alert belongs to, and which lane each cluster; shared by the lanes of a member. */
public final class OpenAlerts {
    private final int lanes;
    private final Map<String, String> clusters = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** For so many lanes. */
    public OpenAlerts(int lanes) {
        this.lanes = lanes;
    }

    int laneOf(String cluster) {
        return Math.floorMod(cluster.hashCode() * 0x9E3779B9, lanes);
    }

    int lanes() {
        return lanes;
    }

    /** There are these clusters, whoever has them. */
    public void know(Collection<String> names) {
        known.addAll(names);
    }

    /** The clusters that somebody should watch although nothing comes in of them. */
    Set<String> known() {
        return known;
    }

    void opened(String alertId, String cluster) {
        clusters.put(alertId, cluster);
    }

    void note(Alert alert, String cluster) {
        if (alert.open()) {
            clusters.put(alert.id(), cluster);
        } else {
            clusters.remove(alert.id());
        }
    }

    /** Forgets the alerts of a cluster that is not watched at present. */
    void forget(String cluster) {
        clusters.values().removeIf(cluster::equals);
    }

    /** Forgets the alerts of all clusters of a lane. */
    void forgetLane(int lane) {
        clusters.values().removeIf(cluster -> laneOf(cluster) == lane);
    }

    /** The cluster of an open alert; null if there is no such alert. */
    String clusterOf(String alertId) {
        return clusters.get(alertId);
    }
}
