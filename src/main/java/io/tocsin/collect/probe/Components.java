package io.tocsin.collect.probe;

import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Head;
import io.tocsin.model.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the probes of this process hold of the components they look at: a component has one health however many probes
 * look at it, the worst that any of them has. Shared by all probes and safe for use by several threads.
 *
 * <p>A check that passes means healthy, one that does not degraded, and one that does not twice in a row or more unhealthy:
 * a single lost answer is no reason to call somebody.
 */
public final class Components {
    private static final int UNHEALTHY_AFTER = 2;

    private record Component(String cluster, String node, String component) {}

    private record Check(HealthStatus status, int misses, String error, double tookMs, Duration ttl) {}

    private final Map<Component, Map<String, Check>> components = new HashMap<>();

    /** Takes in how a probe ended and gives the health of its component. */
    synchronized ComponentHealth update(ProbeSettings probe, Answer answer, double tookMs, Duration ttl, Instant now) {
        var checks = components.computeIfAbsent(key(probe), key -> new TreeMap<>());
        Check last = checks.get(probe.name());
        int misses = answer.result() == CheckResult.PASS ? 0 : last == null ? 1 : last.misses + 1;
        HealthStatus status = misses == 0
                ? HealthStatus.HEALTHY
                : misses < UNHEALTHY_AFTER ? HealthStatus.DEGRADED : HealthStatus.UNHEALTHY;
        checks.put(probe.name(), new Check(status, misses, answer.error(), tookMs, ttl));
        return health(probe, checks, now);
    }

    /** The probe no longer looks; what it said last counts no more. */
    synchronized void forget(ProbeSettings probe) {
        var checks = components.get(key(probe));
        if (checks != null && checks.remove(probe.name()) != null && checks.isEmpty()) {
            components.remove(key(probe));
        }
    }

    private static ComponentHealth health(ProbeSettings probe, Map<String, Check> checks, Instant now) {
        String name = probe.name();
        Check worst = checks.get(name);
        // the slowest probe decides how long the health is fresh, or it would go stale between its rounds
        Duration ttl = worst.ttl;
        for (var other : checks.entrySet()) {
            if (other.getValue().status.compareTo(worst.status) > 0) {
                name = other.getKey();
                worst = other.getValue();
            }
            ttl = other.getValue().ttl.compareTo(ttl) > 0 ? other.getValue().ttl : ttl;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("check", name);
        details.put("response_time_ms", worst.tookMs);
        if (worst.error != null) {
            details.put("error", worst.error);
        }
        Head head = Head.of(probe.cluster(), probe.node(), now, ttl);
        return new ComponentHealth(head, probe.component(), worst.status, details, now);
    }

    private static Component key(ProbeSettings probe) {
        return new Component(probe.cluster(), probe.node(), probe.component());
    }
}
