package io.tocsin.evaluate;

import io.tocsin.model.Topology;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a session needs to know beside its rules.
 *
 * @param cluster the monitored cluster
 * @param topology what config says about it; null if nothing
 * @param defaultTtl how long a reading counts as fresh when it does not say
 * @param staleAfter after how long without news a reading and a source go
 * @param limit how many series there may be
 * @param zone in which zone it is what {@link io.tocsin.model.TimeOfDay} says
 */
public record SessionSettings(
        String cluster, Topology topology, Duration defaultTtl, Duration staleAfter, SeriesLimit limit, ZoneId zone) {

    /** With hours in UTC. */
    public SessionSettings(
            String cluster, Topology topology, Duration defaultTtl, Duration staleAfter, SeriesLimit limit) {
        this(cluster, topology, defaultTtl, staleAfter, limit, ZoneOffset.UTC);
    }
}
