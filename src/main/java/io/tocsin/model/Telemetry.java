package io.tocsin.model;

import java.time.Instant;
import java.util.Map;

/** What one source showed at one instant: a {@link Reading} of a series, or an {@link Event} that has none. */
public sealed interface Telemetry permits Reading, Event {
    /** What every message carries. */
    Head head();

    /** The message type as it is spelt on the wire, such as {@code resource_usage}. */
    String type();

    /** The monitored cluster. */
    default String cluster() {
        return head().cluster();
    }

    /** The monitored node; null for a message about the whole cluster. */
    default String node() {
        return head().node();
    }

    /** When the source saw it; null for what rules derive. */
    default Instant timestamp() {
        return head().timestamp();
    }

    /** When this member took it in; null for what rules derive. */
    default Instant receivedAt() {
        return head().receivedAt();
    }

    /** Further names; never null. */
    default Map<String, String> labels() {
        return head().labels();
    }
}
