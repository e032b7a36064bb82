package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.evaluate.SessionSettings;
import io.tocsin.model.Topology;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * What all lanes of a member share.
 *
 * @param book the rules
 * @param telemetry limits and times to live
 * @param staleAfter after how long without news readings, sources and alerts on them go
 * @param topologies what config says, by monitored cluster
 * @param receivers the receivers that config defines
 * @param limit how many series there may be
 * @param zone in which zone rules ask for the time of day
 */
public record LaneSettings(
        RuleBook book,
        TelemetrySettings telemetry,
        Duration staleAfter,
        Map<String, Topology> topologies,
        Set<String> receivers,
        SeriesLimit limit,
        ZoneId zone) {
    public LaneSettings {
        topologies = Map.copyOf(topologies);
        receivers = Set.copyOf(receivers);
    }

    /** The same for one lane whose series can be given up all at once, under the rules that it has. */
    LaneSettings lane(RuleBook rules, SeriesLimit part) {
        return new LaneSettings(rules, telemetry, staleAfter, topologies, receivers, part, zone);
    }

    WatchSettings watch(String cluster, Map<String, String> stuck) {
        return new WatchSettings(
                new SessionSettings(cluster, topologies.get(cluster), telemetry.defaultTtl(), staleAfter, limit, zone),
                receivers,
                stuck);
    }
}
