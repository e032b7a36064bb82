package io.tocsin.evaluate;

import java.time.Instant;

/**
 * A node or check that reported, as it is to be stored.
 *
 * @param node the node
 * @param check the check; null for the node itself
 * @param lastSeen when it last reported
 * @param silent whether it is silent
 * @param ttlMillis the longest time to live among its readings, milliseconds
 */
public record SeenSource(String node, String check, Instant lastSeen, boolean silent, long ttlMillis) {}
