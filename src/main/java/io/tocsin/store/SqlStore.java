package io.tocsin.store;

import static io.tocsin.store.Claims.Thing.CLUSTER;
import static io.tocsin.store.Claims.Thing.RECEIVER;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.model.RuleInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store in a database: one thread writes in groups, a few connections read; see {@link FailOpen} for when it is away. */
public final class SqlStore extends StoreParts {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);
    private final Clock clock;
    private final Outage outage;
    private final WorkQueue queue = new WorkQueue();
    private final Writer writer;
    private final Reader reader;
    private final Holdings holdings;
    private final ClusterClaims clusters;
    private final Beats beats;
    private final SqlOutbox outbox;
    private final SqlHistory history;
    private final SqlAudit audit;
    private final Retention retention;
    private final Deque<AutoCloseable> held;

    private SqlStore(
            Database database,
            Duration degradedAfter,
            Codec codec,
            MeterRegistry registry,
            Clock clock,
            Sharing sharing,
            Deque<AutoCloseable> held) {
        StoreMeters meters = new StoreMeters(registry);
        this.clock = clock;
        this.held = held;
        Rows rows = new Rows(codec);
        this.outage = new Outage(database.toString(), clock);
        this.reader = new Reader(database);
        held.push(reader);
        Answers answers = new Answers();
        Map<String, Long> epochs = new ConcurrentHashMap<>();
        FailOpen failOpen = new FailOpen(
                degradedAfter, outage, meters, queue, answers, new Waiting(reader, rows, epochs.keySet())::read);
        this.writer = new Writer(
                new WriterConnection(database::writer),
                new GroupWriter(codec),
                new Writer.Tools(queue, failOpen, answers, outage, meters));
        held.push(writer);
        this.holdings = new Holdings(sharing, reader);
        Claims claims = new Claims(holdings);
        this.clusters = new ClusterClaims(claims, holdings, writer, reader, rows, outage);
        this.beats = new Beats(holdings, writer, outage, clock);
        held.push(beats);
        beats.start();
        this.outbox = new SqlOutbox(claims, epochs, reader, writer, failOpen, rows, meters);
        this.history = new SqlHistory(reader, failOpen, codec, rows);
        this.audit = new SqlAudit(reader, writer);
        this.retention = new Retention(writer, reader, meters);
    }

    /**
     * Opens the database that the settings name, and creates it if it is a file that is not there; holds the data
     * directory until {@link #close}. Blocks, up to some seconds for a big database.
     *
     * @param settings where it is
     * @param codec how documents are written
     * @param registry where it counts
     * @param clock what time it is, for what is kept beside the documents
     * @param me this process, as others that share the database know it
     * @throws StoreException saying where, what was found and what to do: not reachable, not writable, in use by another
     *     process, no database of ours, damaged, locked, or of a newer version
     */
    public static SqlStore open(StoreSettings settings, Codec codec, MeterRegistry registry, Clock clock, Holder me) {
        Database database = Database.of(settings);
        Sharing sharing = settings.shared() ? Sharing.withOthers(me) : Sharing.alone(me);
        Deque<AutoCloseable> held = new ArrayDeque<>();
        try {
            DataLock data = DataLock.of(settings.data());
            held.push(data);
            database.directory()
                    .filter(directory -> !data.covers(directory))
                    .ifPresent(directory -> held.push(DataLock.of(directory)));
            database.prepare();
            return new SqlStore(database, settings.degradedAfter(), codec, registry, clock, sharing, held);
        } catch (RuntimeException fault) {
            release(held);
            throw StoreException.of("opening " + database, fault);
        }
    }

    /** The same for a process that is known by its number. */
    public static SqlStore open(StoreSettings settings, Codec codec, MeterRegistry registry, Clock clock) {
        return open(
                settings,
                codec,
                registry,
                clock,
                Holder.of("process " + ProcessHandle.current().pid()));
    }

    /** One of several that share a database, whatever kind it is; locks nobody out. */
    static SqlStore among(StoreSettings settings, Codec codec, MeterRegistry registry, Clock clock, Sharing sharing) {
        Database database = Database.of(settings);
        database.prepare();
        return new SqlStore(database, settings.degradedAfter(), codec, registry, clock, sharing, new ArrayDeque<>());
    }

    /** One beat and one look at the others, which otherwise come by themselves. */
    CompletionStage<?> tick() {
        return beats.tick();
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
        return clusters.claim(cluster);
    }

    @Override
    public CompletionStage<Void> release(String cluster, long epoch) {
        return clusters.release(cluster, epoch);
    }

    @Override
    public Map<String, Held> holders() {
        return holdings.all(CLUSTER);
    }

    @Override
    public Map<String, Held> senders() {
        return holdings.all(RECEIVER);
    }

    @Override
    public List<Beat> beats() {
        return holdings.beats();
    }

    @Override
    public Set<String> alive() {
        return holdings.sightings.alive();
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
        String what = "keeping a rule set";
        Instant now = clock.instant();
        Await.of(writer.run(what, c -> RuleSets.save(c, ruleHash, rules, now)), what);
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
    Outbox outbox() {
        return outbox;
    }

    @Override
    History history() {
        return history;
    }

    @Override
    AuditLog audit() {
        return audit;
    }

    @Override
    public void close() {
        release(held);
    }
}
