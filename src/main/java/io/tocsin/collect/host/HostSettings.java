package io.tocsin.collect.host;

import java.time.Duration;

/**
 * Section {@code collect.host}.
 *
 * @param enabled whether this host is watched
 * @param every how often
 * @param cluster the monitored cluster its readings belong to
 * @param node the node's name, by default the host's
 */
public record HostSettings(boolean enabled, Duration every, String cluster, String node) {}
