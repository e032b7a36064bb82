package io.tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long things are kept, and how they go: in slices, so that commits get their turn in between. */
final class Retention {
    /** How long a resolved alert is kept after its end, with its transitions and notifications. */
    static final Duration ALERTS = Duration.ofDays(90);

    /** How long traces, analyses and snapshots are kept. */
    static final Duration DIAGNOSTICS = Duration.ofDays(14);

    /** How many of them are kept at most. */
    static final int MOST_DIAGNOSTICS = 100_000;

    /** How long what people and programs did is kept: longer than a year, so that one can look back on it. */
    static final Duration AUDIT = Duration.ofDays(400);

    private static final int SLICE = 500;
    private static final int PAGE = 2000;
    private static final String ENDED = "(SELECT id FROM alert WHERE resolved_at < ? ORDER BY resolved_at, id LIMIT ?)";
    private static final String OLD_RULES = """
            SELECT hash FROM rule_set WHERE saved_at < ?
              AND saved_at < (SELECT MAX(newest.saved_at) FROM rule_set newest)""";

    /** A page of all alerts: its last one, and whether any of them refers to a rule set. */
    private static final String REFERS = """
            SELECT MAX(id), MAX(CASE WHEN rule_hash = ? OR because LIKE ? THEN 1 ELSE 0 END)
            FROM (SELECT id, rule_hash, because FROM alert WHERE id > ? ORDER BY id LIMIT ?) page""";

    private final Writer writer;
    private final Reader reader;
    private final StoreMeters meters;

    Retention(Writer writer, Reader reader, StoreMeters meters) {
        this.writer = writer;
        this.reader = reader;
        this.meters = meters;
    }

    /** Deletes what is past its retention at an instant; returns how many rows went. */
    int purge(Instant now) {
        Long ended = Micros.of(now.minus(ALERTS));
        Long shown = Micros.of(now.minus(DIAGNOSTICS));
        return sliced("alert", (c, most) -> alerts(c, ended, most))
                + sliced("diagnostic", (c, most) -> diagnostics(c, "at < ?", shown, most))
                + sliced("diagnostic", Retention::tooMany)
                + sliced("audit", (c, most) -> audit(c, Micros.of(now.minus(AUDIT)), most))
                + ruleSets(ended);
    }

    private int sliced(String table, Slice slice) {
        int rows = 0;
        int most = SLICE;
        int gone;
        do {
            try {
                gone = deleted(table, slice, most);
            } catch (StoreException fault) {
                if (!Faults.slow(fault) || most == 1) {
                    throw fault;
                }
                // the server lets no statement last for long, as commits wait meanwhile
                most = Math.max(1, most / 5);
                gone = most;
                continue;
            }
            rows += gone;
        } while (gone >= most);
        return rows;
    }

    private int deleted(String table, Slice slice, int most) {
        int gone = Await.of(writer.run("deleting what is past its retention", c -> slice.delete(c, most)), "purge");
        meters.purged(table, gone);
        return gone;
    }

    /** What alerts refer to is looked up by pages beside the writer: no index can tell. */
    private int ruleSets(Long before) {
        List<String> old = reader.read(
                "reading old rule sets",
                h -> h.createQuery(OLD_RULES)
                        .bind(0, before)
                        .mapTo(String.class)
                        .list());
        int rows = 0;
        for (String hash : old) {
            if (!referredTo(hash)) {
                // it may have been saved again
                rows += deleted(
                        "rule_set",
                        (c, most) ->
                                Batch.once(c, "DELETE FROM rule_set WHERE hash = ? AND saved_at < ?", hash, before),
                        1);
            }
        }
        return rows;
    }

    private boolean referredTo(String hash) {
        Page page = new Page("", false);
        while (page.last != null && !page.refers) {
            String after = page.last;
            page = reader.read(
                    "reading which rules alerts refer to",
                    h -> h.createQuery(REFERS)
                            .bind(0, hash)
                            .bind(1, "%\"" + hash + "\"%")
                            .bind(2, after)
                            .bind(3, PAGE)
                            .map((row, context) -> new Page(row.getString(1), row.getInt(2) == 1))
                            .one());
        }
        return page.refers;
    }

    private static int alerts(Connection connection, Long ended, int most) throws SQLException {
        int rows = Batch.once(connection, "DELETE FROM notification WHERE alert_id IN " + ENDED, ended, most);
        rows += Batch.once(connection, "DELETE FROM transition WHERE alert_id IN " + ENDED, ended, most);
        return rows + Batch.once(connection, "DELETE FROM alert WHERE id IN " + ENDED, ended, most);
    }

    private static int audit(Connection connection, Long before, int most) throws SQLException {
        return Batch.once(
                connection,
                "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? ORDER BY at, id LIMIT ?)",
                before,
                most);
    }

    private static int tooMany(Connection connection, int most) throws SQLException {
        return diagnostics(
                connection,
                "(at, epoch, seq) <= (SELECT at, epoch, seq FROM diagnostic"
                        + " ORDER BY at DESC, epoch DESC, seq DESC LIMIT 1 OFFSET ?)",
                (long) MOST_DIAGNOSTICS,
                most);
    }

    private static int diagnostics(Connection connection, String condition, Long bound, int most) throws SQLException {
        return Batch.once(
                connection,
                "DELETE FROM diagnostic WHERE (cluster, epoch, seq) IN (SELECT cluster, epoch, seq FROM diagnostic WHERE "
                        + condition + " ORDER BY at, epoch, seq LIMIT ?)",
                bound,
                most);
    }

    /** Alerts up to one; null for none any more. */
    private record Page(String last, boolean refers) {}

    /** Deletes at most so many, with what belongs to them; returns how many rows went. */
    private interface Slice {
        int delete(Connection connection, int most) throws SQLException;
    }
}
