package io.tocsin.lane;

import io.tocsin.model.ClusterHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;

/** How the health of one cluster changed. */
final class HealthLine {
    private static final int MOST = 240;

    private record Point(Instant at, String status, Integer healthy, Integer total, String quorum) {
        private boolean same(Point other) {
            return other != null && at(other.at).equals(other);
        }

        private Point at(Instant at) {
            return new Point(at, status, healthy, total, quorum);
        }

        private JsonObject json() {
            return new JsonObject()
                    .put("at", at.toString())
                    .put("status", status)
                    .put("healthy_nodes", healthy)
                    .put("total_nodes", total)
                    .put("quorum_status", quorum);
        }
    }

    private final ArrayDeque<Point> points = new ArrayDeque<>();

    void look(ClusterHealth health, Instant now) {
        if (health == null) {
            return;
        }
        Point point = new Point(
                now,
                health.status().wire(),
                health.healthyNodes(),
                health.totalNodes(),
                health.quorumStatus() == null ? null : health.quorumStatus().wire());
        if (!point.same(points.peekLast())) {
            points.add(point);
            if (points.size() > MOST) {
                points.poll();
            }
        }
    }

    /** The changes since an instant, and how it was then. */
    JsonObject json(Instant since) {
        JsonArray json = new JsonArray();
        Point before = null;
        for (Point point : points) {
            if (!point.at.isAfter(since)) {
                before = point.at(since);
                continue;
            }
            if (before != null) {
                json.add(before.json());
                before = null;
            }
            json.add(point.json());
        }
        if (before != null) {
            json.add(before.json());
        }
        return new JsonObject().put("points", json);
    }
}
