package io.tocsin.store;

import io.tocsin.model.Text;
import java.util.Locale;

/** Another process holds the cluster or receiver and has shown lately that it lives: it is not taken over. */
public final class HeldException extends StoreException {
    private static final long serialVersionUID = 1;

    /** For the cluster and the process that holds it. */
    public HeldException(String cluster, String holder) {
        this(Claims.Thing.CLUSTER, cluster, holder);
    }

    /** The same for anything that can be held; null for a holder that is not known. */
    HeldException(Claims.Thing thing, String name, String holder) {
        super(
                thing.name().toLowerCase(Locale.ROOT) + " " + Text.clean(name) + " is held by "
                        + (holder == null ? "another process" : Text.clean(Holder.place(holder))),
                null);
    }
}
