package io.tocsin.evaluate;

import io.tocsin.model.Topology;
import java.time.Duration;

/**
 * What a session needs to know beside its rules.
 *
 * @param cluster the monitored cluster
 * @param topology what config says about it; null if nothing
 * @param defaultTtl how long a reading counts as fresh when it does not say
 * @param staleAfter after how long without news a reading and a source go
 * @param limit how many series there may be
 */
public record SessionSettings(
        String cluster, Topology topology, Duration defaultTtl, Duration staleAfter, SeriesLimit limit) {}
