package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The history in SQL; while the store is away, with what {@link FailOpen} lays over it. */
final class SqlHistory implements History {
    private static final String FIRED = " FROM alert WHERE began_at >= ? AND fired_at IS NOT NULL";

    private final Reader reader;
    private final FailOpen failOpen;
    private final Codec codec;
    private final Rows rows;

    SqlHistory(Reader reader, FailOpen failOpen, Codec codec, Rows rows) {
        this.reader = reader;
        this.failOpen = failOpen;
        this.codec = codec;
        this.rows = rows;
    }

    @Override
    public Page alerts(Query query) {
        Page stored = stored(query);
        return failOpen.overlaid(laid -> laid.page(query, stored)).orElse(stored);
    }

    private Page stored(Query query) {
        int limit = Cursor.limit(query);
        Select select = new Select("SELECT id, document FROM alert");
        select.in("state", query.states());
        select.in("severity", query.severities());
        select.equal("cluster", query.cluster());
        select.equal("node", query.node());
        select.equal("alert_type", query.alertType());
        Cursor cursor = Cursor.of(query.cursor());
        if (cursor != null) {
            select.and("(began_at, id) < (?, ?)", cursor.beganMicros(), cursor.id());
        }
        List<Alert> alerts = reader.read(
                "reading alerts",
                h -> select.query(h, " ORDER BY began_at DESC, id DESC LIMIT ?", limit + 1)
                        .map((row, context) -> rows.alert(row.getString(1), row.getString(2)))
                        .list());
        if (alerts.size() <= limit) {
            return new Page(alerts, null);
        }
        List<Alert> page = List.copyOf(alerts.subList(0, limit));
        return new Page(page, Cursor.after(page.get(limit - 1)).text());
    }

    @Override
    public Optional<Life> life(String alertId) {
        return failOpen.overlaid(laid -> laid.covers(alertId) ? laid.life(alertId) : null)
                .orElseGet(() -> stored(alertId));
    }

    private Optional<Life> stored(String alertId) {
        return reader.read(
                "reading an alert",
                h -> h.createQuery("SELECT document, tracking, because FROM alert WHERE id = ?")
                        .bind(0, alertId)
                        .map((row, context) -> rows.life(alertId, row.getString(1), row.getString(2), row.getString(3)))
                        .findOne());
    }

    @Override
    public List<Transition> transitions(String alertId) {
        List<Transition> stored = reader.read(
                "reading transitions",
                h -> h.createQuery("SELECT " + Rows.TRANSITION
                                + " FROM transition WHERE alert_id = ? ORDER BY revision, seq")
                        .bind(0, alertId)
                        .map((row, context) -> Rows.transition(row))
                        .list());
        return failOpen.overlaid(laid -> laid.transitions(alertId, stored)).orElse(stored);
    }

    @Override
    public List<Notification> notifications(String alertId) {
        List<Notification> stored = reader.read(
                "reading notifications",
                h -> h.createQuery("SELECT " + Rows.NOTIFICATION
                                + " FROM notification n WHERE n.alert_id = ? ORDER BY n.revision, n.receiver")
                        .bind(0, alertId)
                        .map((row, context) -> rows.notification(row))
                        .list());
        return failOpen.overlaid(laid -> laid.notifications(alertId, stored)).orElse(stored);
    }

    @Override
    public Optional<RuleInfo> rule(String ruleHash, String name) {
        return reader.read(
                "reading a rule",
                h -> h.createQuery("SELECT file, line, family, doc, drl FROM rule WHERE hash = ? AND name = ?")
                        .bind(0, ruleHash)
                        .bind(1, name)
                        .map((row, context) -> new RuleInfo(
                                new RuleRef(name, row.getString(1), row.getInt(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5)))
                        .findOne());
    }

    @Override
    public List<Telemetry> diagnostics(String cluster, String type, int limit) {
        Select select = new Select("SELECT document FROM diagnostic");
        select.equal("cluster", cluster);
        select.equal("type", type);
        return reader.read(
                "reading diagnostics",
                h -> select.query(h, " ORDER BY at DESC, epoch DESC, seq DESC LIMIT ?", limit)
                        .map((row, context) -> codec.telemetry(row.getString(1)))
                        .list());
    }

    @Override
    public Stats stats(Instant since) {
        Long from = Micros.of(since);
        return reader.read(
                "reading figures",
                h -> new Stats(
                        h.createQuery("SELECT COUNT(*)" + FIRED)
                                .bind(0, from)
                                .mapTo(Long.class)
                                .one(),
                        mean(h, "acknowledged_at", from),
                        mean(h, "resolved_at", from),
                        byRule(h, from),
                        counts(h, "alert_type", from),
                        counts(h, "severity", from),
                        byReceiver(h, from)));
    }

    private static Double mean(Handle handle, String column, Long from) {
        return handle.createQuery("SELECT AVG(" + column + " - fired_at)" + FIRED + " AND " + column + " IS NOT NULL")
                .bind(0, from)
                .map((row, context) -> {
                    double micros = row.getDouble(1);
                    return row.wasNull() ? Optional.<Double>empty() : Optional.of(micros / 1e6);
                })
                .one()
                .orElse(null);
    }

    private static Map<String, Long> counts(Handle handle, String column, Long from) {
        Map<String, Long> counts = new TreeMap<>();
        handle.createQuery("SELECT " + column + ", COUNT(*)" + FIRED + " GROUP BY " + column)
                .bind(0, from)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(counts);
    }

    private Map<String, Long> byRule(Handle handle, Long from) {
        Map<String, Long> counts = new TreeMap<>();
        handle.createQuery("SELECT fired_by, COUNT(*)" + FIRED + " AND fired_by IS NOT NULL GROUP BY fired_by")
                .bind(0, from)
                .map((row, context) -> Map.entry(Names.split(row.getString(1)), row.getLong(2)))
                .forEach(entry -> entry.getKey().forEach(rule -> counts.merge(rule, entry.getValue(), Long::sum)));
        // what fired before the column was there says so in its document
        handle.createQuery("SELECT id, document" + FIRED + " AND fired_by IS NULL")
                .bind(0, from)
                .map((row, context) -> Names.of(rows.alert(row.getString(1), row.getString(2))))
                .forEach(names -> names.forEach(rule -> counts.merge(rule, 1L, Long::sum)));
        return Collections.unmodifiableMap(counts);
    }

    private static Map<String, Map<String, Long>> byReceiver(Handle handle, Long from) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        handle.createQuery("""
                        SELECT receiver, state, COUNT(*) FROM notification
                        WHERE alert_id IN (SELECT id FROM alert WHERE began_at >= ? AND fired_at IS NOT NULL)
                        GROUP BY receiver, state""")
                .bind(0, from)
                .map((row, context) -> counts.computeIfAbsent(row.getString(1), r -> new TreeMap<>())
                        .put(row.getString(2), row.getLong(3)))
                .list();
        return Collections.unmodifiableMap(counts);
    }
}
