package io.tocsin.store;

import io.tocsin.model.RuleInfo;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What must not be lost. One batch of a lane is one {@link Transaction}; nothing leaves the process before its
 * transaction is committed. Methods that return a stage never block; the others block and belong on a worker.
 */
public interface Store extends Outbox, History, AutoCloseable {
    /**
     * Takes a monitored cluster over: raises its epoch and reads what is stored of it. Blocks.
     *
     * @throws StoreException if the store cannot be read
     */
    Restored claim(String cluster);

    /**
     * Writes a transaction, together with others that wait. The stage completes after the commit, in the order of the
     * calls for one cluster, on a thread of the store. It fails with {@link FencedException} if the epoch is no longer
     * the cluster's, with {@link StoreException} if the store is away for good; a passing fault is retried.
     */
    CompletionStage<Void> commit(Transaction transaction);

    /** The clusters that the store knows, sorted. Blocks. */
    List<String> clusters();

    /** Keeps a rule set under its hash, so that an alert can be explained after its rule was changed. Blocks. */
    void saveRules(String ruleHash, List<RuleInfo> rules);

    /** Whether the last thing asked of the store worked. Never blocks. */
    boolean reachable();

    /** Deletes what is past its retention; returns how many rows went. Blocks. */
    int purge(java.time.Instant now);

    /** Writes what waits, then closes. Blocks for at most a few seconds. */
    @Override
    void close();
}
