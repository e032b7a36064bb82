package io.tocsin.lane;

import io.tocsin.model.Text;
import io.tocsin.store.FencedException;
import io.tocsin.store.HeldException;

/** Another member has the cluster, or should have it. */
final class ElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ElsewhereException(String cluster, String owner) {
        super("cluster " + Text.clean(cluster) + " belongs to " + (owner == null ? "nobody yet" : Text.clean(owner)));
    }

    /** Whether a fault says that somebody else has the cluster, so that whoever asked should look there. */
    static boolean says(Throwable fault) {
        return fault instanceof ElsewhereException
                || fault instanceof HeldException
                || fault instanceof FencedException;
    }
}
