package io.tocsin.store;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Life;
import java.util.List;
import java.util.Map;

/**
 * What is stored of a monitored cluster.
 *
 * @param epoch the epoch that its owner has from now on
 * @param open alerts that are not resolved
 * @param lives how many lives each key has had, for keys that ever fired; a key that is not in it had none
 * @param sources nodes and checks that ever reported
 * @param muted alerts that somebody resolved while their finding stood, and that were never clear since
 */
public record Restored(
        long epoch,
        List<Life> open,
        Map<AlertKey, Long> lives,
        List<Transaction.SourceSeen> sources,
        List<Life> muted) {
    public Restored {
        open = List.copyOf(open);
        lives = Map.copyOf(lives);
        sources = List.copyOf(sources);
        muted = List.copyOf(muted);
    }

    /** The same with nothing muted. */
    public Restored(long epoch, List<Life> open, Map<AlertKey, Long> lives, List<Transaction.SourceSeen> sources) {
        this(epoch, open, lives, sources, List.of());
    }
}
