package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history in SQL; while the store is away, with what {@link FailOpen} lays over it. */
final class SqlHistory implements History {
    /** Rows that a search looks at in one go, and how often it goes on if they do not fill a page. */
    private static final int SEARCHED = 500;

    private static final int MOST_ROUNDS = 20;
    private static final int MOST_WAYS = 15;

    private final Reader reader;
    private final FailOpen failOpen;
    private final Rows rows;
    private final SqlDiagnostics diagnostics;
    private final SqlStats stats;

    SqlHistory(Reader reader, FailOpen failOpen, Codec codec, Rows rows) {
        this.reader = reader;
        this.failOpen = failOpen;
        this.rows = rows;
        this.diagnostics = new SqlDiagnostics(reader, codec);
        this.stats = new SqlStats(reader, rows);
    }

    @Override
    public Page alerts(Query query) {
        Page stored = stored(query);
        return failOpen.overlaid(laid -> laid.page(query, stored)).orElse(stored);
    }

    private Page stored(Query query) {
        int limit = Cursor.limit(query);
        if (query.text() == null) {
            return rows(query, Cursor.of(query.cursor()), limit);
        }
        Needle needle = new Needle(query.text());
        List<Alert> found = new ArrayList<>();
        Cursor cursor = Cursor.of(query.cursor());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Page page = rows(query, cursor, Math.max(limit, SEARCHED));
            for (Alert alert : page.alerts()) {
                if (needle.in(alert)) {
                    if (found.size() == limit) {
                        return new Page(
                                found, Cursor.after(found.get(limit - 1)).text());
                    }
                    found.add(alert);
                }
            }
            cursor = Cursor.of(page.next());
            if (cursor == null) {
                return new Page(List.copyOf(found), null);
            }
        }
        return new Page(List.copyOf(found), cursor.text());
    }

    private Page rows(Query query, Cursor cursor, int limit) {
        Select select = new Select("SELECT id, document FROM alert");
        select.in("state", query.states());
        select.in("severity", query.severities());
        select.equal("cluster", query.cluster());
        select.equal("node", query.node());
        select.equal("alert_type", query.alertType());
        if (query.key() != null) {
            key(select, query.key());
        }
        if (query.text() != null) {
            select.and("LOWER(document) LIKE ? ESCAPE '!'", new Needle(query.text()).pattern());
        }
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

    /** Where a key has more than two slashes, any two of them may be those that divide it. */
    private static void key(Select select, String key) {
        List<Object> bound = new ArrayList<>();
        for (int first = key.indexOf('/'); first >= 0; first = key.indexOf('/', first + 1)) {
            for (int second = key.indexOf('/', first + 1); second >= 0; second = key.indexOf('/', second + 1)) {
                bound.add(key.substring(0, first));
                bound.add(key.substring(first + 1, second));
                bound.add(key.substring(second + 1));
            }
        }
        if (bound.isEmpty() || bound.size() > 3 * MOST_WAYS) {
            select.and("cluster || '/' || alert_type || '/' || subject = ?", key);
            return;
        }
        String one = "(cluster = ? AND alert_type = ? AND subject = ?)";
        select.and("(" + one + (" OR " + one).repeat(bound.size() / 3 - 1) + ")", bound.toArray());
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
    public Diagnostics.Page diagnostics(Diagnostics.Query query) {
        return diagnostics.page(query);
    }

    @Override
    public Optional<Diagnostics.Kept> diagnostic(String id) {
        return diagnostics.one(id);
    }

    @Override
    public Stats stats(Instant since) {
        return stats.since(since);
    }

    @Override
    public long resolvedSince(Instant since) {
        return stats.resolvedSince(since);
    }
}
