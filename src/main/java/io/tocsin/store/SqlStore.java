package io.tocsin.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.model.Life;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.model.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store in a database: one thread writes in groups, a few connections read; see {@link FailOpen} for when it is away. */
public final class SqlStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);
    private static final String RULE_SET = """
            INSERT INTO rule_set (hash, saved_at) VALUES (?, ?)
            ON CONFLICT (hash) DO UPDATE SET saved_at = excluded.saved_at""";
    private static final String RULE = """
            INSERT INTO rule (hash, name, file, line, family, doc, drl) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (hash, name) DO NOTHING""";

    private static final String RELEASE = "UPDATE owner SET released = 1 WHERE cluster = ? AND epoch = ?";

    private final Clock clock;
    private final Rows rows;
    private final Outage outage;
    private final WorkQueue queue = new WorkQueue();
    private final Writer writer;
    private final Reader reader;
    private final SqlOutbox outbox;
    private final SqlHistory history;
    private final Retention retention;
    private final Deque<AutoCloseable> held;

    private SqlStore(
            Database database,
            Duration degradedAfter,
            Codec codec,
            MeterRegistry registry,
            Clock clock,
            Deque<AutoCloseable> held) {
        StoreMeters meters = new StoreMeters(registry);
        this.clock = clock;
        this.held = held;
        this.rows = new Rows(codec);
        this.outage = new Outage(database.toString(), clock);
        this.reader = new Reader(database);
        held.push(reader);
        Answers answers = new Answers();
        FailOpen failOpen =
                new FailOpen(degradedAfter, outage, meters, queue, answers, new Waiting(reader, rows)::read);
        this.writer = new Writer(
                new WriterConnection(database::writer),
                new GroupWriter(codec),
                new Writer.Tools(queue, failOpen, answers, outage, meters));
        held.push(writer);
        this.outbox = new SqlOutbox(reader, writer, failOpen, rows, meters);
        this.history = new SqlHistory(reader, failOpen, codec, rows);
        this.retention = new Retention(writer, meters);
    }

    /**
     * Opens the database that the settings name, and creates it if it is a file that is not there; holds the data
     * directory until {@link #close}. Blocks, up to some seconds for a big database.
     *
     * @param settings where it is
     * @param codec how documents are written
     * @param registry where it counts
     * @param clock what time it is, for what is kept beside the documents
     * @throws StoreException saying where, what was found and what to do: not reachable, not writable, in use by another
     *     process, no database of ours, damaged, locked, or of a newer version
     */
    public static SqlStore open(StoreSettings settings, Codec codec, MeterRegistry registry, Clock clock) {
        Database database = Database.of(settings);
        Deque<AutoCloseable> held = new ArrayDeque<>();
        try {
            DataLock data = DataLock.of(settings.data());
            held.push(data);
            database.directory()
                    .filter(directory -> !data.covers(directory))
                    .ifPresent(directory -> held.push(DataLock.of(directory)));
            database.prepare();
            return new SqlStore(database, settings.degradedAfter(), codec, registry, clock, held);
        } catch (RuntimeException fault) {
            release(held);
            throw StoreException.of("opening " + database, fault);
        }
    }

    private static void release(Deque<AutoCloseable> held) {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception fault) {
                LOG.warn("closing the store: {}", Faults.text(fault));
            }
        }
    }

    @Override
    public Restored claim(String cluster) {
        String what = "taking cluster " + Text.clean(cluster) + " over";
        return Await.of(writer.run(what, c -> Takeover.of(c, cluster)), what).decoded(rows);
    }

    @Override
    public CompletionStage<Void> release(String cluster, long epoch) {
        return writer.run(
                        "giving cluster " + Text.clean(cluster) + " back", c -> Batch.once(c, RELEASE, cluster, epoch))
                .thenApply(rows -> null);
    }

    @Override
    public CompletionStage<Void> commit(Transaction transaction, Runnable unrecorded) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        writer.submit(new Work.Commit(transaction, unrecorded, done));
        return done;
    }

    @Override
    public boolean full() {
        return queue.full();
    }

    @Override
    public List<String> clusters() {
        return reader.read(
                "reading the clusters",
                h -> h.createQuery("SELECT cluster FROM owner").mapTo(String.class).stream()
                        .sorted()
                        .toList());
    }

    @Override
    public void saveRules(String ruleHash, List<RuleInfo> rules) {
        Long now = Micros.of(clock.instant());
        String what = "keeping a rule set";
        Work.Step<Integer> step = connection -> {
            Batch.once(connection, RULE_SET, ruleHash, now);
            try (Batch batch = new Batch(connection, RULE)) {
                for (RuleInfo rule : rules) {
                    batch.add(
                            ruleHash,
                            rule.ref().name(),
                            rule.ref().file(),
                            rule.ref().line(),
                            rule.family(),
                            rule.doc(),
                            rule.text());
                }
                return batch.run();
            }
        };
        Await.of(writer.run(what, step), what);
    }

    @Override
    public boolean reachable() {
        return !outage.lasts() && reader.works();
    }

    @Override
    public int purge(Instant now) {
        return retention.purge(now);
    }

    @Override
    public CompletionStage<Void> takeUp(String receiver) {
        return outbox.takeUp(receiver);
    }

    @Override
    public CompletionStage<List<Notification>> due(String receiver, Instant now, int limit, Set<String> inFlight) {
        return outbox.due(receiver, now, limit, inFlight);
    }

    @Override
    public CompletionStage<Optional<Instant>> nextDue(String receiver) {
        return outbox.nextDue(receiver);
    }

    @Override
    public CompletionStage<Void> record(
            Notification notification,
            Notification.Attempt attempt,
            NotificationState state,
            String detail,
            Instant nextAttemptAt) {
        return outbox.record(notification, attempt, state, detail, nextAttemptAt);
    }

    @Override
    public long backlog(String receiver) {
        return outbox.backlog(receiver);
    }

    @Override
    public Page alerts(Query query) {
        return history.alerts(query);
    }

    @Override
    public Optional<Life> life(String alertId) {
        return history.life(alertId);
    }

    @Override
    public List<Transition> transitions(String alertId) {
        return history.transitions(alertId);
    }

    @Override
    public List<Notification> notifications(String alertId) {
        return history.notifications(alertId);
    }

    @Override
    public Optional<RuleInfo> rule(String ruleHash, String name) {
        return history.rule(ruleHash, name);
    }

    @Override
    public List<Telemetry> diagnostics(String cluster, String type, int limit) {
        return history.diagnostics(cluster, type, limit);
    }

    @Override
    public Stats stats(Instant since) {
        return history.stats(since);
    }

    @Override
    public void close() {
        release(held);
    }
}
