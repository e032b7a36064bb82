package io.tocsin.api;

/**
 * Whether this member can do its work.
 *
 * @param joined whether it is part of its cluster
 * @param store whether the store answers
 * @param rules whether the rules are loaded
 */
public record Readiness(boolean joined, boolean store, boolean rules) {
    /** Whether all of it holds. */
    public boolean ready() {
        return joined && store && rules;
    }
}
