package io.tocsin.lane;

import io.tocsin.lane.record.RecordingSettings;
import java.time.Duration;

/**
 * Section {@code telemetry}.
 *
 * @param defaultTtl how long a reading counts as fresh when it does not say, default 60 s
 * @param record whether and where what arrives is recorded for replay
 * @param maxClusters how many monitored clusters there may be, default 2000
 * @param maxSeries how many series there may be in all clusters together, default 1 million
 */
public record TelemetrySettings(Duration defaultTtl, RecordingSettings record, int maxClusters, int maxSeries) {}
