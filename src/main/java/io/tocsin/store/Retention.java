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

    private static final int SLICE = 500;
    private static final String ENDED =
            "(SELECT id FROM alert WHERE resolved_at < ? ORDER BY resolved_at, id LIMIT " + SLICE + ")";
    private static final String OLD_RULES = """
            DELETE FROM rule_set WHERE saved_at < ?
              AND saved_at < (SELECT MAX(newest.saved_at) FROM rule_set newest)
              AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.rule_hash = rule_set.hash)
              AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.because LIKE '%"' || rule_set.hash || '"%')""";

    private final Writer writer;
    private final StoreMeters meters;

    Retention(Writer writer, StoreMeters meters) {
        this.writer = writer;
        this.meters = meters;
    }

    /** Deletes what is past its retention at an instant; returns how many rows went. */
    int purge(Instant now) {
        Long ended = Micros.of(now.minus(ALERTS));
        Long shown = Micros.of(now.minus(DIAGNOSTICS));
        int rows = 0;
        List<Slice> slices = List.of(
                new Slice("alert", c -> alerts(c, ended)),
                new Slice("diagnostic", c -> diagnostics(c, "at < ?", shown)),
                new Slice("diagnostic", Retention::tooMany),
                new Slice("rule_set", c -> Batch.once(c, OLD_RULES, ended)));
        for (Slice slice : slices) {
            int gone;
            do {
                gone = Await.of(writer.run("deleting what is past its retention", slice.step), "purge");
                meters.purged(slice.table, gone);
                rows += gone;
            } while (gone >= SLICE);
        }
        return rows;
    }

    private static int alerts(Connection connection, Long ended) throws SQLException {
        int rows = Batch.once(connection, "DELETE FROM notification WHERE alert_id IN " + ENDED, ended);
        rows += Batch.once(connection, "DELETE FROM transition WHERE alert_id IN " + ENDED, ended);
        return rows + Batch.once(connection, "DELETE FROM alert WHERE id IN " + ENDED, ended);
    }

    private static int tooMany(Connection connection) throws SQLException {
        return diagnostics(
                connection,
                "(at, epoch, seq) <= (SELECT at, epoch, seq FROM diagnostic"
                        + " ORDER BY at DESC, epoch DESC, seq DESC LIMIT 1 OFFSET ?)",
                (long) MOST_DIAGNOSTICS);
    }

    private static int diagnostics(Connection connection, String condition, Long bound) throws SQLException {
        return Batch.once(
                connection,
                "DELETE FROM diagnostic WHERE (cluster, epoch, seq) IN (SELECT cluster, epoch, seq FROM diagnostic WHERE "
                        + condition + " ORDER BY at, epoch, seq LIMIT " + SLICE + ")",
                bound);
    }

    private record Slice(String table, Work.Step<Integer> step) {}
}
