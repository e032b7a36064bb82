package io.tocsin.lane;

import io.tocsin.membership.Ownership;
import io.tocsin.store.HeldException;
import io.tocsin.store.StoreException;
import java.time.Instant;
import java.util.List;

/** Which clusters a lane should watch by now: takes up those that became this member's, gives back those that no longer are. */
final class Holdings {
    private final int lane;
    private final OpenAlerts where;
    private final Ownership ownership;
    private final Watches watches;

    Holdings(int lane, LaneVerticle.Tools tools, Watches watches) {
        this.lane = lane;
        this.where = tools.where();
        this.ownership = tools.ownership();
        this.watches = watches;
    }

    /**
     * Takes up what is this member's at the start, as far as nobody holds it.
     *
     * @throws StoreException if the store does not answer
     */
    void begin() {
        for (String cluster : mine()) {
            try {
                watches.watch(cluster);
            } catch (HeldException held) {
                watches.held(cluster, held);
            }
        }
    }

    /** Brings what is watched and what should be watched together. */
    void settle(Instant now) {
        for (String cluster : List.copyOf(watches.open().keySet())) {
            if (!ownership.mine(cluster)) {
                watches.giveBack(cluster);
            }
        }
        boolean counts = !ownership.minority();
        for (ClusterWatch watch : List.copyOf(watches.open().values())) {
            if (watch.silenceCounts() != counts) {
                watches.silence(watch.cluster(), counts, now);
            }
        }
        for (String cluster : mine()) {
            if (!watches.open().containsKey(cluster) && !watches.waitsFor(cluster)) {
                watches.guarded(cluster, watch -> watch.advance(now));
            }
        }
    }

    private List<String> mine() {
        return where.known().stream()
                .filter(cluster -> where.laneOf(cluster) == lane && ownership.mine(cluster))
                .sorted()
                .toList();
    }
}
