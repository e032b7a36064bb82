package io.tocsin.store;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What a claim read, in one view; alerts as text still, so that the writer goes on while they are decoded.
 *
 * @param open id, document, tracking and reasons of each open alert
 * @param muted the same of each resolved one that still mutes its key
 */
record Takeover(
        long epoch,
        List<String[]> open,
        Map<AlertKey, Long> lives,
        List<Transaction.SourceSeen> sources,
        List<Restored.Fired> fired,
        List<String[]> muted) {
    // sorted here: to sort so many documents may take a server longer than a statement may last
    private static final String OPEN = """
            SELECT id, document, tracking, because FROM alert
            WHERE cluster = ? AND state IN ('pending', 'firing', 'acknowledged')""";
    private static final String MUTED = """
            SELECT id, document, tracking, because FROM alert WHERE cluster = ? AND muted = 1 ORDER BY life, id""";
    private static final String LIVES = "SELECT alert_type, subject, lives FROM life WHERE cluster = ?";
    private static final String SOURCES =
            "SELECT node, check_name, last_seen, silent, ttl_millis FROM source WHERE cluster = ? ORDER BY name";

    private static final String FIRED = """
            SELECT alert_type, subject, node, fired_at FROM alert
            WHERE cluster = ? AND fired_at IS NOT NULL
                AND resolved_at >= ?
            ORDER BY fired_at, id""";

    private static final Comparator<Life> OLDEST_FIRST = Comparator.comparing(
                    (Life life) -> life.alert().since())
            .thenComparing(life -> life.alert().id());

    /** Reads what is stored of a cluster that was claimed before, which keeps others from writing to it. */
    static Takeover of(Handle handle, String cluster, long epoch) throws SQLException {
        // in a transaction rows come in portions, so that the server is never at one answer for long
        return handle.inTransaction(same -> read(same.getConnection(), cluster, epoch));
    }

    private static Takeover read(Connection connection, String cluster, long epoch) throws SQLException {
        List<String[]> open = read(connection, OPEN, cluster, Takeover::life);
        List<String[]> muted = read(connection, MUTED, cluster, Takeover::life);
        Map<AlertKey, Long> lives = new HashMap<>();
        read(
                connection,
                LIVES,
                cluster,
                row -> lives.put(new AlertKey(cluster, row.getString(1), row.getString(2)), row.getLong(3)));
        List<Transaction.SourceSeen> sources = read(
                connection,
                SOURCES,
                cluster,
                row -> new Transaction.SourceSeen(
                        row.getString(1), row.getString(2), Rows.instant(row, 3), row.getInt(4) == 1, row.getLong(5)));
        return new Takeover(epoch, open, lives, sources, fired(connection, cluster), muted);
    }

    private static List<Restored.Fired> fired(Connection connection, String cluster) throws SQLException {
        long last;
        try (PreparedStatement newest = connection.prepareStatement("SELECT MAX(resolved_at) FROM alert");
                ResultSet row = newest.executeQuery()) {
            last = row.next() ? row.getLong(1) : 0;
        }
        return read(
                connection,
                FIRED,
                cluster,
                row -> new Restored.Fired(
                        new AlertKey(cluster, row.getString(1), row.getString(2)),
                        row.getString(3),
                        Rows.instant(row, 4)),
                last - 3_600_000_000L);
    }

    private static String[] life(ResultSet row) throws SQLException {
        return new String[] {row.getString(1), row.getString(2), row.getString(3), row.getString(4)};
    }

    private static <T> List<T> read(
            Connection connection, String sql, String cluster, RowReader<T> reader, Long... more) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, cluster);
            for (int i = 0; i < more.length; i++) {
                statement.setLong(2 + i, more[i]);
            }
            List<T> all = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    all.add(reader.read(row));
                }
            }
            return all;
        }
    }

    /** The same with alerts decoded. */
    Restored decoded(Rows rows) {
        List<Life> oldestFirst =
                decoded(open, rows).stream().sorted(OLDEST_FIRST).toList();
        return new Restored(epoch, oldestFirst, lives, sources, fired, decoded(muted, rows));
    }

    private static List<Life> decoded(List<String[]> texts, Rows rows) {
        return texts.stream()
                .map(text -> rows.life(text[0], text[1], text[2], text[3]))
                .toList();
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
