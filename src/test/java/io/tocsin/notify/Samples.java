package io.tocsin.notify;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.AlertState;
import io.tocsin.model.AnAlert;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.LimitType;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Resolution;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts and notifications to be told. */
public final class Samples {
    public static final Instant T0 = Instant.parse("2026-11-23T13:30:00Z");

    private Samples() {}

    /** A memory alert of a node at a revision. */
    public static Alert alert(String node, Severity severity, AlertState state, long revision) {
        return alert(node, severity, state, revision, "memory at 96 %", Map.of("component", "store"));
    }

    /** The same with another message and context. */
    public static Alert alert(
            String node,
            Severity severity,
            AlertState state,
            long revision,
            String message,
            Map<String, Object> context) {
        AlertKey key = new AlertKey("default", "memory_usage", node);
        boolean acked = state == AlertState.ACKNOWLEDGED;
        boolean over = state == AlertState.RESOLVED;
        return AnAlert.of(key, T0)
                .says(severity, message)
                .value(96.0, 85.0, LimitType.MAX)
                .context(context)
                .runbook("docs/runbooks/memory.md")
                .rules(new RuleRef("memory is above 85 percent", "threshold/memory.drl", 12))
                .state(state)
                .ack(acked ? new Ack(T0, "anna", "on it", null, false) : null)
                .resolution(
                        over ? new Resolution(T0.plusSeconds(300), "a fresh reading is below the limit", null) : null)
                .revision(revision, T0)
                .alert();
    }

    /** A critical alert of a node that does what the change says. */
    public static Notification told(String receiver, String node, long revision, ChangeKind change) {
        AlertState state = switch (change) {
            case ACKNOWLEDGED -> AlertState.ACKNOWLEDGED;
            case RESOLVED -> AlertState.RESOLVED;
            default -> AlertState.FIRING;
        };
        return told(receiver, alert(node, Severity.CRITICAL, state, revision), change);
    }

    /** This alert for a receiver. */
    public static Notification told(String receiver, Alert alert, ChangeKind change) {
        return new Notification(
                alert,
                receiver,
                change,
                alert.message(),
                alert.revision() == 1,
                T0,
                NotificationState.PENDING,
                null,
                T0,
                List.of());
    }
}
