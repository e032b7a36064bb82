package io.tocsin.rules;

import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.Escalation;
import io.tocsin.model.Finding;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Origin;
import io.tocsin.model.Route;
import io.tocsin.model.Severity;
import io.tocsin.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.FactHandle;

/** One session of the shipped rules: facts by name go in, the conclusions that hold come out. */
final class Bench implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private static final int LIMIT = 1000;

    private final KieSession session;
    private final Map<String, FactHandle> handles = new HashMap<>();

    Bench() {
        var config = KieServices.get().newKieSessionConfiguration();
        config.setOption(ClockTypeOption.PSEUDO);
        session = RuleFolder.compiled().newKieSession(config, null);
    }

    /** Inserts the fact, or puts it in the place of the one of the same name, as the engine does with readings. */
    Bench put(String name, Object fact) {
        FactHandle handle = handles.get(name);
        if (handle == null) {
            handles.put(name, session.insert(fact));
        } else {
            session.update(handle, fact);
        }
        return this;
    }

    Bench drop(String name) {
        session.delete(handles.remove(name));
        return this;
    }

    List<Finding> findings(String alertType) {
        return all(Finding.class).stream()
                .filter(finding -> finding.alertType().equals(alertType))
                .toList();
    }

    List<ClusterHealth> derived() {
        return all(ClusterHealth.class).stream()
                .filter(health -> health.origin() == Origin.DERIVED)
                .toList();
    }

    List<Escalation> escalations() {
        return all(Escalation.class);
    }

    List<String> receivers() {
        return all(Route.class).stream().map(Route::receiver).sorted().toList();
    }

    private <T> List<T> all(Class<T> type) {
        int fired = session.fireAllRules(LIMIT);
        if (fired >= LIMIT) {
            throw new AssertionError("the rules never come to rest");
        }
        return session.getObjects(type::isInstance).stream().map(type::cast).toList();
    }

    static Head head(String node) {
        return Head.of("main", node, T0, Duration.ofSeconds(60));
    }

    static Source node(String node, boolean silent, int observers) {
        return new Source(node, null, T0, silent, observers);
    }

    static HealthCheck check(String node, String name, CheckResult result) {
        return new HealthCheck(head(node), name, result, null, null, null);
    }

    static ComponentHealth component(String node, HealthStatus status) {
        return new ComponentHealth(head(node), "store", status, null, null);
    }

    static Alert alert(String type, String subject, Severity severity, AlertState state, int level) {
        AlertKey key = new AlertKey("main", type, subject);
        return AnAlert.of(key, T0)
                .says(severity, type)
                .state(state)
                .level(level)
                .alert();
    }

    @Override
    public void close() {
        session.dispose();
    }
}
