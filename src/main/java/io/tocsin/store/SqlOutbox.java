package io.tocsin.store;

import static io.tocsin.store.Claims.Thing.RECEIVER;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** The outbox in SQL: reads on the reader's threads, marks by the writer; while the store is away, {@link FailOpen}'s. */
final class SqlOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(SqlOutbox.class);
    private static final Marker FAILURE = MarkerFactory.getMarker("FAILURE");

    /**
     * Waiting ones that no older one of the same alert and receiver holds back; the index gives them as they fall due.
     * Older ones are found by the primary key: the question is put so that PostgreSQL, as long as it has no statistics of a
     * backlog that has just come, can neither join all with all nor take the index of what waits for it.
     */
    private static final String HEADS = """
            FROM notification n
            WHERE n.receiver = ? AND n.state = 'pending' AND n.superseded_by IS NULL
              AND (SELECT 1 FROM notification older
                WHERE older.alert_id = n.alert_id AND older.receiver = n.receiver AND older.revision < n.revision
                  AND older.state = 'pending' AND COALESCE(older.superseded_by, -1) < 0 LIMIT 1) IS NULL
            """;

    /** 1 if no older one counts as heard. */
    static final String FIRST = """
            CASE WHEN EXISTS (SELECT 1 FROM notification heard
                WHERE heard.alert_id = n.alert_id AND heard.receiver = n.receiver AND heard.revision < n.revision
                  AND (heard.state = 'sent'
                    OR (heard.tried > 0 OR heard.unsure > 0) AND n.change_kind IN ('acknowledged', 'resolved'))) THEN 0 ELSE 1 END""";

    private static final String DUE = "SELECT " + Rows.notification(FIRST) + " " + HEADS
            + " AND n.next_attempt_at <= ? ORDER BY n.next_attempt_at, n.alert_id, n.revision LIMIT ?";
    private static final String NEXT =
            "SELECT n.next_attempt_at " + HEADS + " ORDER BY n.next_attempt_at, n.alert_id, n.revision LIMIT 1";
    /** The epoch of the receiver's sender, and whether something is superseded. */
    private static final String STANDING = """
            SELECT epoch, (SELECT 1 FROM notification n
                WHERE n.receiver = ? AND n.state = 'pending' AND n.superseded_by IS NOT NULL LIMIT 1)
            FROM sender WHERE receiver = ?""";

    private static final String EPOCH = "SELECT epoch FROM sender WHERE receiver = ?";

    private static final String BACKLOG =
            "SELECT COUNT(*) FROM notification WHERE receiver = ? AND state = 'pending' AND superseded_by IS NULL";

    private static final String OLDEST =
            "SELECT MIN(created_at) FROM notification WHERE receiver = ? AND state = 'pending' AND superseded_by IS NULL";

    private final Reader reader;
    private final Writer writer;
    private final FailOpen failOpen;
    private final Rows rows;
    private final StoreMeters meters;
    private final Claims claims;
    /** The epochs of the receivers that this process tells. */
    private final Map<String, Long> epochs;

    SqlOutbox(
            Claims claims,
            Map<String, Long> epochs,
            Reader reader,
            Writer writer,
            FailOpen failOpen,
            Rows rows,
            StoreMeters meters) {
        this.epochs = epochs;
        this.claims = claims;
        this.reader = reader;
        this.writer = writer;
        this.failOpen = failOpen;
        this.rows = rows;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Void> takeUp(String receiver) {
        String what = "taking up what waits for " + Text.clean(receiver);
        CompletionStage<Claims.Allowed> allowed = claims.alone()
                ? CompletableFuture.completedFuture(null)
                : reader.later(what, h -> claims.allowed(h, RECEIVER, receiver));
        return allowed.thenCompose(why -> writer.run(what, c -> claims.take(c, RECEIVER, receiver, why)))
                .thenCompose(epoch -> unsure(what, receiver).thenApply(all -> epoch))
                .thenAccept(epoch -> {
                    epochs.put(receiver, epoch);
                    claims.took(RECEIVER, receiver, epoch);
                    failOpen.overlaid(laid -> laid.takenUp(receiver));
                });
    }

    /** In slices, so that beats and commits get their turn in between; nothing is sent before the last. */
    private CompletionStage<Integer> unsure(String what, String receiver) {
        return writer.run(what, c -> Marks.unsure(c, receiver))
                .thenCompose(
                        rows -> rows < Marks.SLICE ? CompletableFuture.completedFuture(rows) : unsure(what, receiver));
    }

    @Override
    public CompletionStage<Void> release(String receiver) {
        Long epoch = epochs.get(receiver);
        if (epoch == null) {
            return CompletableFuture.completedFuture(null);
        }
        return writer.run(
                        "giving receiver " + Text.clean(receiver) + " back",
                        c -> Claims.giveBack(c, RECEIVER, receiver, epoch))
                .thenAccept(rows -> {
                    epochs.remove(receiver, epoch);
                    claims.gaveBack(RECEIVER, receiver, epoch);
                });
    }

    private long epoch(String receiver) {
        return epochs.getOrDefault(receiver, -1L);
    }

    @Override
    public CompletionStage<List<Notification>> due(String receiver, Instant now, int limit, Set<String> inFlight) {
        Optional<List<Notification>> overlaid = failOpen.due(outbox -> outbox.due(receiver, now, limit, inFlight));
        if (overlaid.isPresent()) {
            return CompletableFuture.completedFuture(overlaid.get());
        }
        String what = "reading what " + Text.clean(receiver) + " is due to be told";
        // the usual case, nothing replaced, is one trip to the database and writes nothing
        return reader.later(what, h -> anySuperseded(h, receiver) ? null : due(h, receiver, now, limit))
                .thenCompose(due -> due != null
                        ? CompletableFuture.completedFuture(due)
                        : skipSuperseded(receiver, inFlight)
                                .thenCompose(n -> reader.later(what, h -> due(h, receiver, now, limit))));
    }

    private boolean anySuperseded(Handle handle, String receiver) {
        return handle.createQuery(STANDING)
                .bind(0, receiver)
                .bind(1, receiver)
                .map((row, context) -> row.getLong(1) == epoch(receiver) ? row.getInt(2) == 1 : null)
                .findOne()
                .orElseThrow(() -> FencedException.ofReceiver(receiver));
    }

    private CompletionStage<Integer> skipSuperseded(String receiver, Set<String> inFlight) {
        return writer.run(
                        "marking what is superseded for " + Text.clean(receiver),
                        c -> GroupWriter.holds(c, receiver, epoch(receiver))
                                ? Marks.skipSuperseded(c, receiver, inFlight)
                                : 0)
                .whenComplete((skipped, fault) -> {
                    if (fault == null) {
                        meters.superseded.increment(skipped);
                    }
                });
    }

    private List<Notification> due(Handle handle, String receiver, Instant now, int limit) {
        List<Notification> due = new ArrayList<>();
        handle.createQuery(DUE)
                .bind(0, receiver)
                .bind(1, Micros.of(now))
                .bind(2, limit)
                .map((row, context) -> read(row, receiver))
                .forEach(n -> n.ifPresent(due::add));
        return due;
    }

    /** One that cannot be read must not hold up the rest of its receiver's for ever. */
    private Optional<Notification> read(ResultSet row, String receiver) throws SQLException {
        try {
            return Optional.of(rows.notification(row));
        } catch (RuntimeException fault) {
            String alert = row.getString(11);
            long revision = row.getLong(12);
            LOG.error(
                    FAILURE,
                    "❌ notification of {} revision {} to {} is given up: {}",
                    Text.clean(alert),
                    revision,
                    Text.clean(receiver),
                    Faults.text(fault));
            meters.unreadable.increment();
            writer.run("giving up a notification", c -> Marks.giveUp(c, alert, receiver, revision, Faults.text(fault)));
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<Optional<Instant>> nextDue(String receiver) {
        Optional<Optional<Instant>> overlaid =
                failOpen.overlaid(laid -> laid.outbox().nextDue(receiver));
        if (overlaid.isPresent()) {
            return CompletableFuture.completedFuture(overlaid.get());
        }
        return reader.later(
                "reading when " + Text.clean(receiver) + " is next due",
                h -> h.createQuery(NEXT)
                        .bind(0, receiver)
                        .mapTo(Long.class)
                        .findOne()
                        .map(Micros::at));
    }

    @Override
    public CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        writer.submit(new Work.Mark(
                notification,
                attempt,
                state,
                detail,
                nextAttemptAt,
                failOpen.apart(),
                epoch(notification.receiver()),
                done));
        return done;
    }

    @Override
    public boolean owes(String receiver) {
        return failOpen.owes(receiver);
    }

    @Override
    public CompletionStage<Boolean> tells(String receiver) {
        if (claims.alone() || failOpen.apart()) {
            return CompletableFuture.completedStage(true);
        }
        long asked = claims.nanos();
        return reader.later(
                        "looking who tells " + Text.clean(receiver),
                        h -> h.createQuery(EPOCH)
                                .bind(0, receiver)
                                .mapTo(Long.class)
                                .one())
                .thenCompose(epoch -> {
                    if (epoch != epoch(receiver)) {
                        return CompletableFuture.completedStage(false);
                    }
                    // the answer may have waited for a process that stood still
                    return claims.soon(asked) ? CompletableFuture.completedStage(true) : tells(receiver);
                });
    }

    @Override
    public long backlog(String receiver) {
        return failOpen.overlaid(laid -> laid.outbox().backlog(receiver))
                .orElseGet(() -> reader.read(
                        "counting the outbox of " + Text.clean(receiver),
                        h -> h.createQuery(BACKLOG)
                                .bind(0, receiver)
                                .mapTo(Long.class)
                                .one()));
    }

    @Override
    public Optional<Instant> oldest(String receiver) {
        return failOpen.overlaid(laid -> laid.outbox().oldest(receiver))
                .orElseGet(() -> reader.read(
                        "looking into the outbox of " + Text.clean(receiver),
                        h -> h.createQuery(OLDEST)
                                .bind(0, receiver)
                                .map((row, context) -> Optional.ofNullable(Rows.instant(row, 1)))
                                .one()));
    }
}
