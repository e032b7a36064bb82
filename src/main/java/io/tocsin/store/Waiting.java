package io.tocsin.store;

import io.tocsin.model.Notification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads what waits in the database's outbox, of all receivers that this process tells, so that it can be told while nothing can be marked there. */
final class Waiting {
    /** More than these cannot be kept track of in memory; the stage fails then, and all of them wait. */
    static final int MOST = WorkQueue.CAPACITY;

    private static final String WAITING = "SELECT " + Rows.notification(SqlOutbox.FIRST)
            + " FROM notification n WHERE n.state = 'pending' AND n.superseded_by IS NULL"
            + " ORDER BY n.alert_id, n.receiver, n.revision LIMIT " + (MOST + 1);

    private final Reader reader;
    private final Rows rows;
    private final Set<String> told;

    /** What waits, and of which receivers that is all. */
    record Known(List<Notification> waiting, Set<String> receivers) {
        /** Nothing is known. */
        static final Known NOTHING = new Known(List.of(), Set.of());
    }

    /** With the receivers that this process tells at present. */
    Waiting(Reader reader, Rows rows, Set<String> told) {
        this.reader = reader;
        this.rows = rows;
        this.told = told;
    }

    CompletionStage<Known> read() {
        Set<String> receivers = Set.copyOf(told);
        return all().thenApply(all -> new Known(
                all.stream().filter(one -> receivers.contains(one.receiver())).toList(), receivers));
    }

    private CompletionStage<List<Notification>> all() {
        String what = "reading what waits to be told";
        return reader.later(what, h -> {
            List<Notification> all =
                    h.createQuery(WAITING).map((row, context) -> one(row)).list();
            if (all.size() > MOST) {
                throw new StoreException(what + " failed: more than " + MOST + " wait", null);
            }
            return all;
        });
    }

    private Notification one(ResultSet row) throws SQLException {
        return rows.notification(row);
    }
}
