package io.tocsin.store;

/** Who a transaction says it is. */
record Owner(String cluster, long epoch) {
    static Owner of(Work.Commit commit) {
        return new Owner(commit.transaction().cluster(), commit.transaction().epoch());
    }
}
