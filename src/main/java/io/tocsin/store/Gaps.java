package io.tocsin.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Owners of which a decision is missing in the store. What they decide afterwards builds on it and must not be written; a
 * new claim has a new epoch and begins without a gap. Not for several threads.
 */
final class Gaps {
    private final Map<String, Long> epochs = new HashMap<>();

    /** These are not stored. */
    void add(Collection<? extends Work> missing) {
        missing.forEach(this::add);
    }

    void add(Work missing) {
        if (missing instanceof Work.Commit commit) {
            Owner owner = Owner.of(commit);
            epochs.merge(owner.cluster(), owner.epoch(), Math::max);
        }
    }

    /** Whether an earlier decision of the same owner is missing. */
    boolean before(Work work) {
        if (epochs.isEmpty() || !(work instanceof Work.Commit commit)) {
            return false;
        }
        Owner owner = Owner.of(commit);
        return epochs.getOrDefault(owner.cluster(), -1L) == owner.epoch();
    }

    /** Why nothing more is stored of the owner of this work. */
    static String reason(Work work) {
        String cluster =
                work instanceof Work.Commit commit ? commit.transaction().cluster() : "";
        return "an earlier decision of cluster " + cluster + " could not be stored; it must be taken up again";
    }
}
