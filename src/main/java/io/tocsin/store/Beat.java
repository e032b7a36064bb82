package io.tocsin.store;

import java.time.Duration;

/**
 * A process that uses the store, as this one sees it.
 *
 * @param place where people find it: {@code host:port} of the member
 * @param mine whether it is this process
 * @param still for how long its beat has not moved; one that lives beats four times a second
 */
public record Beat(String place, boolean mine, Duration still) {}
