package io.tocsin.lane;

import io.tocsin.evaluate.SeenSource;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Reading;
import io.tocsin.model.Text;
import io.tocsin.model.Topology;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The nodes of a cluster with their components. A node is as the rules hold it to be; where they say nothing of it, as its
 * worst component is, and unhealthy if nothing is heard of it any more.
 */
final class NodeMatrix {
    private static final int MOST_COMPONENTS = 10_000;
    private static final int LONGEST_DETAIL = 200;

    private static final class Node {
        private SeenSource source;
        private HealthStatus worst;
        private final TreeMap<String, ComponentHealth> components = new TreeMap<>();
    }

    private final Map<String, Node> nodes = new TreeMap<>();
    private final ClusterHealth health;
    private int components;

    private NodeMatrix(ClusterHealth health) {
        this.health = health;
    }

    static JsonObject of(ClusterWatch watch) {
        NodeMatrix matrix = new NodeMatrix(watch.session().health());
        Topology topology = watch.settings().session().topology();
        if (topology != null) {
            topology.nodes().forEach(matrix::node);
        }
        for (SeenSource source : watch.session().sources()) {
            if (source.check() == null) {
                matrix.node(source.node()).source = source;
            }
        }
        watch.session().lookup().each(matrix::take);
        JsonArray nodes = new JsonArray();
        matrix.nodes.forEach((name, node) -> nodes.add(matrix.json(name, node)));
        return new JsonObject().put("nodes", nodes);
    }

    private Node node(String name) {
        return nodes.computeIfAbsent(name, any -> new Node());
    }

    private void take(Reading reading) {
        if (reading instanceof ComponentHealth component && components < MOST_COMPONENTS) {
            components++;
            Node node = node(component.node());
            String store = component.storeId();
            node.components.put(component.component() + (store.isEmpty() ? "" : "/" + store), component);
            if (component.fresh() && (node.worst == null || component.status().compareTo(node.worst) > 0)) {
                node.worst = component.status();
            }
        }
    }

    private JsonObject json(String name, Node node) {
        JsonArray components = new JsonArray();
        node.components.forEach((component, seen) -> components.add(new JsonObject()
                .put("component", component)
                .put("status", seen.status().wire())
                .put("last_seen", seen.receivedAt().toString())
                .put("fresh", seen.fresh())
                .put("detail", detail(seen))));
        HealthStatus status = status(name, node);
        return new JsonObject()
                .put("node", name)
                .put("status", status == null ? null : status.wire())
                .put("silent", node.source != null && node.source.silent())
                .put(
                        "last_seen",
                        node.source == null ? null : node.source.lastSeen().toString())
                .put("components", components);
    }

    private HealthStatus status(String name, Node node) {
        if (health != null && health.unhealthyNodes().contains(name) || node.source != null && node.source.silent()) {
            return HealthStatus.UNHEALTHY;
        }
        if (health != null && health.degradedNodes().contains(name)) {
            return HealthStatus.DEGRADED;
        }
        if (node.worst == null) {
            return health == null || node.source == null ? null : HealthStatus.HEALTHY;
        }
        return node.worst;
    }

    /** {@code response_time_ms 12, store_id main}; null if nothing more is known. */
    private static String detail(ComponentHealth component) {
        String text = component.details().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : Text.clean(Text.cut(text, LONGEST_DETAIL));
    }
}
