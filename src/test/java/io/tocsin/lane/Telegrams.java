package io.tocsin.lane;

import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Metric;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Messages as tests need them. */
final class Telegrams {
    private Telegrams() {}

    static Head head(String cluster, String node, Instant at, Duration ttl) {
        return new Head(cluster, node, at, at, Map.of(), ttl, true, null);
    }

    static Head head(String node, double second) {
        return head("default", node, Stand.at(second), null);
    }

    static ResourceUsage memory(String node, double second, double percent) {
        return new ResourceUsage(head(node, second), ResourceType.MEMORY, percent, null, null);
    }

    static ResourceUsage disk(String node, double second, double percent) {
        return new ResourceUsage(head(node, second), ResourceType.DISK, percent, null, null);
    }

    static HealthCheck check(String node, String name, double second, boolean passes) {
        return check(node, name, second, passes, Map.of());
    }

    static HealthCheck check(String node, String name, double second, boolean passes, Map<String, Object> details) {
        return new HealthCheck(
                head(node, second), name, passes ? CheckResult.PASS : CheckResult.FAIL, null, details, null);
    }

    static ComponentHealth component(String node, String name, double second, HealthStatus status) {
        return new ComponentHealth(head(node, second), name, status, Map.of(), null);
    }

    static Metric metric(String node, String name, double second, double value) {
        return new Metric(head(node, second), name, value);
    }

    static Timing timing(String node, String operation, double second, double ms) {
        return new Timing(head(node, second), operation, ms);
    }
}
