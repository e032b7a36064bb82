package io.tocsin.store;

import io.tocsin.model.Text;

/** Another process has taken the cluster or receiver over: what this one decided or told no longer counts. */
public final class FencedException extends StoreException {
    private static final long serialVersionUID = 1;

    /** For the cluster and the epoch that lost. */
    public FencedException(String cluster, long epoch) {
        super("cluster " + cluster + " is no longer owned at epoch " + epoch, null);
    }

    private FencedException(String receiver) {
        super("receiver " + Text.clean(receiver) + " is not, or no longer, told by this process", null);
    }

    /** For a receiver that another process tells by now, or nobody. */
    public static FencedException ofReceiver(String receiver) {
        return new FencedException(receiver);
    }

    /** For work that was not written. */
    static FencedException of(Work work) {
        if (work instanceof Work.Commit commit) {
            return new FencedException(
                    commit.transaction().cluster(), commit.transaction().epoch());
        }
        return ofReceiver(work instanceof Work.Mark mark ? mark.notification().receiver() : "");
    }
}
