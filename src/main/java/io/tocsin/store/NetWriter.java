package io.tocsin.store;

import io.tocsin.model.Ack;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Transition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes a {@link Net} in batches. Everything may be written again without harm. */
final class NetWriter {
    private static final String ALERT = """
            INSERT INTO alert (id, cluster, alert_type, subject, node, severity, state, began_at, fired_at,
                acknowledged_at, resolved_at, updated_at, revision, life, rule_hash, fired_by, muted, document, tracking,
                because)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                node = excluded.node, severity = excluded.severity, state = excluded.state,
                began_at = excluded.began_at, fired_at = excluded.fired_at,
                acknowledged_at = COALESCE(alert.acknowledged_at, excluded.acknowledged_at),
                resolved_at = excluded.resolved_at, updated_at = excluded.updated_at, revision = excluded.revision,
                life = excluded.life, rule_hash = excluded.rule_hash,
                fired_by = COALESCE(alert.fired_by, excluded.fired_by), muted = excluded.muted,
                document = excluded.document, tracking = excluded.tracking, because = excluded.because
            WHERE excluded.revision >= alert.revision
                OR (alert.state = 'pending' AND excluded.began_at > alert.began_at)""";
    private static final String TRANSITION = """
            INSERT INTO transition (alert_id, revision, seq, kind, at, cause, detail, by_whom, to_whom)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alert_id, revision, seq) DO NOTHING""";
    private static final String LIFE = """
            INSERT INTO life (cluster, alert_type, subject, lives) VALUES (?, ?, ?, ?)
            ON CONFLICT (cluster, alert_type, subject) DO UPDATE SET lives = excluded.lives
            WHERE excluded.lives > life.lives""";
    private static final String NOTIFICATION = """
            INSERT INTO notification (alert_id, receiver, revision, change_kind, detail, is_first, created_at, state,
                state_detail, next_attempt_at, tried, attempts, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alert_id, receiver, revision) DO NOTHING""";
    private static final String FORGET =
            "DELETE FROM notification WHERE alert_id = ? AND NOT EXISTS (SELECT 1 FROM alert WHERE id = ?)";
    private static final String SUPERSEDE = """
            UPDATE notification SET superseded_by = ?
            WHERE alert_id = ? AND receiver = ? AND revision < ? AND state = 'pending' AND tried = 0""";
    private static final String SOURCE = """
            INSERT INTO source (cluster, name, node, check_name, last_seen, silent, ttl_millis)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (cluster, name) DO UPDATE SET last_seen = excluded.last_seen, silent = excluded.silent,
                ttl_millis = excluded.ttl_millis""";
    private static final String DIAGNOSTIC = """
            INSERT INTO diagnostic (cluster, epoch, seq, type, at, document, node, alert_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Codec codec;
    /** Tells diagnostics of one epoch apart; a new process has a new epoch. */
    private long diagnosticSeq;

    NetWriter(Codec codec) {
        this.codec = codec;
    }

    void write(Connection connection, Net net) throws SQLException {
        Map<Alert, String> documents = new IdentityHashMap<>();
        discard(connection, net);
        alerts(connection, net, documents);
        lives(connection, net);
        notifications(connection, net, documents);
        sources(connection, net);
        diagnostics(connection, net);
    }

    private static void discard(Connection connection, Net net) throws SQLException {
        if (net.alerts.values().stream().noneMatch(row -> row.discarded)) {
            return;
        }
        // one that has fired by now is a later life under the same id; its transitions go by the foreign key
        try (Batch alerts = new Batch(connection, "DELETE FROM alert WHERE id = ? AND state = 'pending'");
                Batch notifications = new Batch(connection, FORGET)) {
            for (Map.Entry<String, Net.AlertRow> row : net.alerts.entrySet()) {
                if (row.getValue().discarded) {
                    alerts.add(row.getKey());
                    notifications.add(row.getKey(), row.getKey());
                }
            }
            alerts.run();
            notifications.run();
        }
    }

    private void alerts(Connection connection, Net net, Map<Alert, String> documents) throws SQLException {
        if (net.alerts.isEmpty()) {
            return;
        }
        try (Batch alerts = new Batch(connection, ALERT);
                Batch transitions = new Batch(connection, TRANSITION)) {
            for (Net.AlertRow row : net.alerts.values()) {
                if (row.life != null) {
                    alert(alerts, row.life, documents);
                }
            }
            alerts.run();
            for (Net.AlertRow row : net.alerts.values()) {
                for (Net.Numbered numbered : row.transitions) {
                    Transition t = numbered.transition();
                    transitions.add(
                            t.alertId(),
                            t.revision(),
                            numbered.seq(),
                            t.kind().wire(),
                            Micros.of(t.at()),
                            t.cause().wire(),
                            t.detail(),
                            t.by(),
                            Names.joined(t.to()));
                }
            }
            transitions.run();
        }
    }

    private void alert(Batch batch, Life life, Map<Alert, String> documents) throws SQLException {
        Alert alert = life.alert();
        Ack ack = alert.ack();
        batch.add(
                alert.id(),
                alert.cluster(),
                alert.alertType(),
                alert.subject(),
                alert.node(),
                alert.severity().wire(),
                alert.state().wire(),
                Micros.of(alert.since()),
                Micros.of(alert.firedAt()),
                ack == null ? null : Micros.of(ack.at()),
                alert.resolution() == null ? null : Micros.of(alert.resolution().at()),
                Micros.of(alert.updatedAt()),
                alert.revision(),
                life.tracking().life(),
                alert.ruleHash(),
                alert.firedAt() == null ? null : Names.joined(Names.of(alert)),
                life.mutes() ? 1 : 0,
                documents.computeIfAbsent(alert, codec::alert),
                codec.tracking(life.tracking()),
                codec.because(life.because()));
    }

    private static void lives(Connection connection, Net net) throws SQLException {
        if (net.lives.isEmpty()) {
            return;
        }
        try (Batch lives = new Batch(connection, LIFE)) {
            for (Map.Entry<AlertKey, Long> entry : net.lives.entrySet()) {
                AlertKey key = entry.getKey();
                lives.add(key.cluster(), key.alertType(), key.subject(), entry.getValue());
            }
            lives.run();
        }
    }

    private void notifications(Connection connection, Net net, Map<Alert, String> documents) throws SQLException {
        if (net.notifications.isEmpty()) {
            return;
        }
        Map<Told, Long> newest = new HashMap<>();
        try (Batch batch = new Batch(connection, NOTIFICATION);
                Batch supersede = new Batch(connection, SUPERSEDE)) {
            for (Notification n : net.notifications) {
                boolean waits = n.state() == NotificationState.PENDING;
                batch.add(
                        n.alertId(),
                        n.receiver(),
                        n.revision(),
                        n.change().wire(),
                        n.detail(),
                        n.first() ? 1 : 0,
                        Micros.of(n.createdAt()),
                        n.state().wire(),
                        n.stateDetail(),
                        waits ? Micros.of(Objects.requireNonNullElse(n.nextAttemptAt(), n.createdAt())) : null,
                        n.attempts().size(),
                        n.attempts().isEmpty() ? null : codec.attempts(n.attempts()),
                        documents.computeIfAbsent(n.alert(), codec::alert));
                if (waits || n.state() == NotificationState.SENT) {
                    newest.merge(new Told(n.alertId(), n.receiver()), n.revision(), Math::max);
                }
            }
            batch.run();
            for (Map.Entry<Told, Long> entry : newest.entrySet()) {
                Told told = entry.getKey();
                supersede.add(entry.getValue(), told.alertId, told.receiver, entry.getValue());
            }
            supersede.run();
        }
    }

    private static void sources(Connection connection, Net net) throws SQLException {
        if (net.sources.isEmpty()) {
            return;
        }
        try (Batch seen = new Batch(connection, SOURCE);
                Batch gone = new Batch(connection, "DELETE FROM source WHERE cluster = ? AND name = ?")) {
            for (Map.Entry<Net.SourceName, Transaction.SourceSeen> entry : net.sources.entrySet()) {
                Net.SourceName name = entry.getKey();
                Transaction.SourceSeen s = entry.getValue();
                if (s == null) {
                    gone.add(name.cluster(), name.name());
                } else {
                    seen.add(
                            name.cluster(),
                            name.name(),
                            s.node(),
                            s.check(),
                            Micros.of(s.lastSeen()),
                            s.silent() ? 1 : 0,
                            s.ttlMillis());
                }
            }
            seen.run();
            gone.run();
        }
    }

    private void diagnostics(Connection connection, Net net) throws SQLException {
        if (net.diagnostics.isEmpty()) {
            return;
        }
        try (Batch batch = new Batch(connection, DIAGNOSTIC)) {
            for (Net.Diagnostic d : net.diagnostics) {
                batch.add(
                        d.cluster(),
                        d.epoch(),
                        ++diagnosticSeq,
                        d.telemetry().type(),
                        Micros.of(d.at()),
                        codec.telemetry(d.telemetry()),
                        d.telemetry().node(),
                        d.telemetry().labels().get(Diagnostics.ALERT_LABEL));
            }
            batch.run();
        }
    }

    /** An alert that a receiver hears of. */
    private record Told(String alertId, String receiver) {}
}
