package io.tocsin.api;

/**
 * Whether this member can do its work.
 *
 * @param joined whether it is part of its cluster
 * @param store whether the store answers
 * @param rules whether the rules are loaded
 * @param trouble why this process should be started anew; null if it should not
 */
public record Readiness(boolean joined, boolean store, boolean rules, String trouble) {
    /** With nothing that a new start would mend. */
    public Readiness(boolean joined, boolean store, boolean rules) {
        this(joined, store, rules, null);
    }

    /** Whether it can do its work now. */
    public boolean ready() {
        return joined && store && rules && healthy();
    }

    /** Whether it can get well by itself. */
    public boolean healthy() {
        return trouble == null;
    }
}
