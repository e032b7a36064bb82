package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import java.time.Instant;

/** Is shown when alerts fired. */
@FunctionalInterface
public interface FiredAlert {
    /**
     * An alert fired.
     *
     * @param key what it is about
     * @param node the node it is about; null for a cluster
     * @param at when people were first told
     */
    void fired(AlertKey key, String node, Instant at);
}
