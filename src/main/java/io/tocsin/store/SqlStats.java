package io.tocsin.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Figures of a window, in SQL. */
final class SqlStats {
    /** More nodes than these are not shown: those of which most fired are. */
    static final int MOST_NODES = 100;

    private static final String FIRED = " FROM alert WHERE began_at >= ? AND fired_at IS NOT NULL";
    private static final String SUMS = "COUNT(*), COUNT(acknowledged_at), SUM(acknowledged_at - fired_at),"
            + " COUNT(resolved_at), SUM(resolved_at - fired_at)";

    private final Reader reader;
    private final Rows rows;

    SqlStats(Reader reader, Rows rows) {
        this.reader = reader;
        this.rows = rows;
    }

    History.Stats since(Instant since) {
        Long from = Micros.of(since);
        return reader.read(
                "reading figures",
                h -> new History.Stats(
                        all(h, from),
                        byRule(h, from),
                        counts(h, from),
                        by(h, "severity", "", from),
                        by(h, "node", " AND node IS NOT NULL", from),
                        byReceiver(h, from)));
    }

    long resolvedSince(Instant since) {
        return reader.read(
                "counting alerts",
                h -> h.createQuery("SELECT COUNT(*) FROM alert WHERE resolved_at >= ?")
                        .bind(0, Micros.of(since))
                        .mapTo(Long.class)
                        .one());
    }

    private static Figures.Sums sums(ResultSet row, int column, Figures.Sums sums) throws SQLException {
        sums.add(
                row.getLong(column),
                row.getLong(column + 1),
                row.getDouble(column + 2),
                row.getLong(column + 3),
                row.getDouble(column + 4));
        return sums;
    }

    private static Figures all(Handle handle, Long from) {
        return handle.createQuery("SELECT " + SUMS + FIRED)
                .bind(0, from)
                .map((row, context) -> sums(row, 1, new Figures.Sums()).figures())
                .one();
    }

    private static Map<String, Figures> by(Handle handle, String column, String condition, Long from) {
        Map<String, Figures> figures = new TreeMap<>();
        handle.createQuery("SELECT " + column + ", " + SUMS + FIRED + condition + " GROUP BY " + column
                        + " ORDER BY COUNT(*) DESC, " + column + " LIMIT " + MOST_NODES)
                .bind(0, from)
                .map((row, context) -> Map.entry(
                        row.getString(1), sums(row, 2, new Figures.Sums()).figures()))
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(figures);
    }

    private static Map<String, Long> counts(Handle handle, Long from) {
        Map<String, Long> counts = new TreeMap<>();
        handle.createQuery("SELECT alert_type, COUNT(*)" + FIRED + " GROUP BY alert_type")
                .bind(0, from)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(counts);
    }

    private Map<String, Figures> byRule(Handle handle, Long from) {
        Map<String, Figures.Sums> sums = new TreeMap<>();
        handle.createQuery("SELECT fired_by, " + SUMS + FIRED + " AND fired_by IS NOT NULL GROUP BY fired_by")
                .bind(0, from)
                .map((row, context) -> {
                    for (String rule : Names.split(row.getString(1))) {
                        sums(row, 2, sums.computeIfAbsent(rule, any -> new Figures.Sums()));
                    }
                    return true;
                })
                .list();
        // what fired before the column was there says so in its document
        handle.createQuery(
                        "SELECT id, document, acknowledged_at, resolved_at, fired_at" + FIRED + " AND fired_by IS NULL")
                .bind(0, from)
                .map((row, context) -> {
                    List<String> names = Names.of(rows.alert(row.getString(1), row.getString(2)));
                    for (String rule : names) {
                        sums.computeIfAbsent(rule, any -> new Figures.Sums())
                                .add(row.getLong(5), number(row, 3), number(row, 4));
                    }
                    return true;
                })
                .list();
        return figures(sums);
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    static Map<String, Figures> figures(Map<String, Figures.Sums> sums) {
        Map<String, Figures> figures = new TreeMap<>();
        sums.forEach((name, sum) -> figures.put(name, sum.figures()));
        return Collections.unmodifiableMap(figures);
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
