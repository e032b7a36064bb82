package io.tocsin.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The record of actions in SQL. Nothing here or elsewhere changes a row. */
final class SqlAudit implements AuditLog {
    private static final String COLUMNS =
            "id, at, actor, verified, action, target, outcome, detail, client, request, member";
    private static final String INSERT =
            "INSERT INTO audit (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";

    private final Reader reader;
    private final Writer writer;

    SqlAudit(Reader reader, Writer writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public CompletionStage<Void> append(Entry entry) {
        return writer.run(
                        "keeping what was done",
                        c -> Batch.once(
                                c,
                                INSERT,
                                entry.id(),
                                Micros.of(entry.at()),
                                entry.actor(),
                                entry.verified() ? 1 : 0,
                                entry.action(),
                                entry.target(),
                                entry.outcome(),
                                entry.detail(),
                                entry.client(),
                                entry.request(),
                                entry.member()))
                .thenAccept(rows -> {});
    }

    @Override
    public Entries entries(Wanted wanted) {
        int limit = Cursor.limit(wanted.limit());
        Select select = new Select("SELECT " + COLUMNS + " FROM audit");
        select.equal("actor", wanted.actor());
        select.equal("action", wanted.action());
        if (wanted.since() != null) {
            select.and("at >= ?", Micros.of(wanted.since()));
        }
        Cursor cursor = Cursor.of(wanted.cursor());
        if (cursor != null) {
            select.and("(at, id) < (?, ?)", cursor.beganMicros(), cursor.id());
        }
        List<Entry> found = reader.read(
                "reading what was done",
                h -> select.query(h, " ORDER BY at DESC, id DESC LIMIT ?", limit + 1)
                        .map((row, context) -> entry(row))
                        .list());
        return page(found, limit);
    }

    /** What was found, one more than is wanted if there are more. */
    static Entries page(List<Entry> found, int limit) {
        if (found.size() <= limit) {
            return new Entries(found, null);
        }
        Entry last = found.get(limit - 1);
        return new Entries(List.copyOf(found.subList(0, limit)), new Cursor(Micros.of(last.at()), last.id()).text());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                Rows.instant(row, 2),
                row.getString(3),
                row.getInt(4) == 1,
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }
}
