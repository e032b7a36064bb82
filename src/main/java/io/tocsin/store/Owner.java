package io.tocsin.store;

import java.util.Comparator;

/** Who a transaction says it is. */
record Owner(String cluster, long epoch) implements Comparable<Owner> {
    private static final Comparator<Owner> BY_NAME =
            Comparator.comparing(Owner::cluster).thenComparingLong(Owner::epoch);

    static Owner of(Work.Commit commit) {
        return new Owner(commit.transaction().cluster(), commit.transaction().epoch());
    }

    @Override
    public int compareTo(Owner other) {
        return BY_NAME.compare(this, other);
    }
}
