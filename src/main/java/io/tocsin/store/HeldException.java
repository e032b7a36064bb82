package io.tocsin.store;

import io.tocsin.model.Text;

/** Another process holds the cluster and has shown lately that it lives: it is not taken over. */
public final class HeldException extends StoreException {
    private static final long serialVersionUID = 1;

    /** For the cluster and the process that holds it. */
    public HeldException(String cluster, String holder) {
        super("cluster " + Text.clean(cluster) + " is held by " + Text.clean(holder), null);
    }
}
