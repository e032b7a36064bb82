package io.tocsin.store;

import io.tocsin.model.RuleInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What must not be lost. One batch of a lane is one {@link Transaction}; nothing leaves the process before its
 * transaction is committed, with one exception: see {@link #commit(Transaction, Runnable)}. Methods that return a stage never block; the others block and belong on a worker.
 */
public interface Store extends Outbox, History, AuditLog, AutoCloseable {
    /**
     * Takes a monitored cluster over: raises its epoch and reads what is stored of it, after everything that was asked
     * for before. Blocks.
     *
     * @throws HeldException if another process holds it and has not been seen to stand still for the settle time; nothing
     *     has changed then
     * @throws StoreException if the store does not answer within half a minute, at once while it is known to be away, or
     *     if it holds an alert that cannot be read
     */
    Restored claim(String cluster);

    /**
     * Gives a monitored cluster back after everything that was asked for before, so that another process may take it over
     * at once; nothing happens if the epoch is no longer the cluster's.
     */
    CompletionStage<Void> release(String cluster, long epoch);

    /** Who holds each cluster, by cluster, as this process last saw; about a second old. Never blocks. */
    Map<String, Held> holders();

    /** Who tells each receiver, by receiver, seen in the same way. Never blocks. */
    Map<String, Held> senders();

    /** The processes that use this store, as last seen; none where nobody but this one can. Never blocks. */
    List<Beat> beats();

    /**
     * The processes that share this store and live, this one among them, as it last saw them; each life of a process has a
     * name of its own. Empty if that is not known: the store is away, or slow. Never blocks.
     */
    default Set<String> alive() {
        return Set.of();
    }

    /**
     * Writes a transaction, together with others that wait. The stage completes after the commit, in the order of the
     * calls for one cluster, on a thread of the store that must not be held up. It fails with {@link FencedException} if
     * the epoch is no longer the cluster's, with {@link StoreException} if this transaction cannot be written as it is,
     * if the store is damaged or closed, or, at once, if too many wait already; a passing fault is retried. Once one of a
     * cluster and epoch has failed, every later one of them fails too, at once or when its turn comes, until the cluster is
     * claimed anew: it would build on a decision that is missing. Writing the same again changes nothing: an older revision
     * of an alert never replaces a newer one.
     *
     * @param unrecorded called at most once, before the stage completes and on the same thread, if the store is away for
     *     longer than the grace period: from then on what was decided may be said, marked as degraded, though it is not
     *     stored. It is kept in memory and written when the store is back, which completes the stage as ever; a process
     *     that ends meanwhile loses it.
     */
    CompletionStage<Void> commit(Transaction transaction, Runnable unrecorded);

    /** The same for those who wait until it is stored. */
    default CompletionStage<Void> commit(Transaction transaction) {
        return commit(transaction, () -> {});
    }

    /** Whether so much waits to be written that nothing more should be taken in. Never blocks. */
    boolean full();

    /** The clusters that the store knows, sorted. Blocks. */
    List<String> clusters();

    /** Keeps a rule set under its hash, so that an alert can be explained after its rule was changed. Blocks. */
    void saveRules(String ruleHash, List<RuleInfo> rules);

    /** Whether the last thing asked of the store worked. Never blocks. */
    boolean reachable();

    /**
     * Deletes what is past its retention: alerts 90 days after their end, with their transitions and notifications;
     * diagnostics after 14 days or beyond the newest 100 thousand; actions after 400 days; rule sets that no alert refers to. How many lives a
     * key has had is never deleted. Returns how many rows went. Blocks.
     */
    int purge(java.time.Instant now);

    /** Writes what waits, then closes. Blocks for at most a few seconds. */
    @Override
    void close();
}
