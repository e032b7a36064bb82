package io.tocsin.store;

/**
 * Who holds a monitored cluster, as last seen.
 *
 * @param place where the process is that holds it; null if it was given back or that process no longer shows that it lives
 * @param epoch the cluster's epoch; it grows with every change of hands
 */
public record Held(String place, long epoch) {}
