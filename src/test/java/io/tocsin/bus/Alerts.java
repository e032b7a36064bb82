package io.tocsin.bus;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.LimitType;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts to test with. */
final class Alerts {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.001Z");
    private static final AlertKey KEY = new AlertKey("main", "memory_usage", "n1");

    private Alerts() {}

    static List<Alert> all() {
        return List.of(pending(), firing(), acknowledged(), resolved());
    }

    /** Everything that may be empty is. */
    static Alert pending() {
        Symptom symptom = new Symptom(Severity.INFO, "", null, null, null, Map.of(), Duration.ZERO, null, List.of());
        return alert(null, Map.of(), symptom, AlertState.PENDING, null, null, null);
    }

    static Alert firing() {
        return alert("n1", Map.of("mount", "/"), symptom(), AlertState.FIRING, NOW.plusSeconds(300), null, null);
    }

    static Alert acknowledged() {
        Ack ack = new Ack(NOW, "bob", "on it", NOW.plusSeconds(3600), true);
        return alert("n1", Map.of(), symptom(), AlertState.ACKNOWLEDGED, null, ack, null);
    }

    /** Everything that may be filled is. */
    static Alert resolved() {
        Ack ack = new Ack(NOW, "bob", "", null, false);
        Resolution resolution = new Resolution(NOW.plusSeconds(60), "by hand", "bob");
        return alert("n1", Map.of("a", "1", "b", "2"), symptom(), AlertState.RESOLVED, null, ack, resolution);
    }

    private static Symptom symptom() {
        return new Symptom(
                Severity.CRITICAL,
                "memory at 90 %",
                90.0,
                85.0,
                LimitType.MAX,
                Map.of("failed_node", "n2", "cluster_size", 3L, "list", List.of(Severity.INFO, 1.5)),
                Duration.ofMillis(61_500),
                "docs/runbooks/memory.md",
                List.of(new RuleRef("memory is above 85 percent", "threshold/memory.drl", 12)));
    }

    private static Alert alert(
            String node,
            Map<String, String> labels,
            Symptom symptom,
            AlertState state,
            Instant next,
            Ack ack,
            Resolution resolution) {
        boolean told = state != AlertState.PENDING;
        return new Alert(
                KEY.id(2),
                KEY,
                node,
                labels,
                symptom,
                state,
                told,
                told,
                told ? 2 : 0,
                NOW,
                next,
                NOW,
                told ? NOW : null,
                ack,
                resolution,
                NOW.plusSeconds(1),
                7,
                told ? "abc123" : null);
    }
}
