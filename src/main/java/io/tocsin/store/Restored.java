package io.tocsin.store;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is stored of a monitored cluster.
 *
 * @param epoch the epoch that its owner has from now on
 * @param open alerts that are not resolved
 * @param lives how many lives each key has had, for keys that ever fired; a key that is not in it had none
 * @param sources nodes and checks that ever reported
 * @param fired when alerts fired that ended in the hour before the newest end, oldest first; open ones say so themselves
 * @param muted alerts that somebody resolved while their finding stood, and that were never clear since
 */
public record Restored(
        long epoch,
        List<Life> open,
        Map<AlertKey, Long> lives,
        List<Transaction.SourceSeen> sources,
        List<Fired> fired,
        List<Life> muted) {
    /** How far back from the newest end alerts that are over are told. */
    public static final Duration RECENT = Duration.ofHours(1);

    public Restored {
        open = List.copyOf(open);
        lives = Map.copyOf(lives);
        sources = List.copyOf(sources);
        fired = List.copyOf(fired);
        muted = List.copyOf(muted);
    }

    /** The same with nothing that fired lately and nothing muted. */
    public Restored(long epoch, List<Life> open, Map<AlertKey, Long> lives, List<Transaction.SourceSeen> sources) {
        this(epoch, open, lives, sources, List.of(), List.of());
    }

    /**
     * An alert that fired and is over.
     *
     * @param key what it was about
     * @param node the node it was about; null for a cluster
     * @param at when people were first told
     */
    public record Fired(AlertKey key, String node, Instant at) {}
}
