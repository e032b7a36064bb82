package io.tocsin.store;

/** Another owner has taken the cluster over: this session's decisions no longer count. */
public final class FencedException extends StoreException {
    private static final long serialVersionUID = 1;

    /** For the cluster and the epoch that lost. */
    public FencedException(String cluster, long epoch) {
        super("cluster " + cluster + " is no longer owned at epoch " + epoch, null);
    }
}
