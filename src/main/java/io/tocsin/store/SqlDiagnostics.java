package io.tocsin.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Diagnostics in SQL. */
final class SqlDiagnostics {
    private static final String COLUMNS = "SELECT at, epoch, seq, cluster, document FROM diagnostic";

    private final Reader reader;
    private final Codec codec;

    SqlDiagnostics(Reader reader, Codec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    Diagnostics.Page page(Diagnostics.Query query) {
        Select select = new Select(COLUMNS);
        select.equal("cluster", query.cluster());
        select.equal("type", query.type());
        select.equal("node", query.node());
        select.equal("alert_id", query.alertId());
        DiagnosticMark mark = DiagnosticMark.of(query.cursor());
        if (mark != null) {
            select.and(
                    "(at, epoch, seq, cluster) < (?, ?, ?, ?)",
                    mark.atMicros(),
                    mark.epoch(),
                    mark.seq(),
                    mark.cluster());
        }
        List<Diagnostics.Kept> found = reader.read(
                "reading diagnostics",
                h -> select.query(h, " ORDER BY at DESC, epoch DESC, seq DESC, cluster DESC LIMIT ?", query.limit() + 1)
                        .map((row, context) -> kept(row))
                        .list());
        return page(found, query.limit());
    }

    /** The first so many, and where the next page begins if there is one. */
    static Diagnostics.Page page(List<Diagnostics.Kept> found, int limit) {
        if (found.size() <= limit) {
            return new Diagnostics.Page(List.copyOf(found), null);
        }
        List<Diagnostics.Kept> page = List.copyOf(found.subList(0, limit));
        return new Diagnostics.Page(page, page.get(limit - 1).id());
    }

    Optional<Diagnostics.Kept> one(String id) {
        DiagnosticMark mark;
        try {
            mark = DiagnosticMark.of(id);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
        return reader.read(
                "reading a diagnostic",
                h -> h.createQuery(COLUMNS + " WHERE cluster = ? AND epoch = ? AND seq = ? AND at = ?")
                        .bind(0, mark.cluster())
                        .bind(1, mark.epoch())
                        .bind(2, mark.seq())
                        .bind(3, mark.atMicros())
                        .map((row, context) -> kept(row))
                        .findOne());
    }

    private Diagnostics.Kept kept(ResultSet row) throws SQLException {
        DiagnosticMark mark = new DiagnosticMark(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
        return new Diagnostics.Kept(mark.text(), Rows.instant(row, 1), codec.telemetry(row.getString(5)));
    }
}
