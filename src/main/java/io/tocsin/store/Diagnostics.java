package io.tocsin.store;

import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.List;

/** Traces, analyses and snapshots that are kept, newest first. */
public final class Diagnostics {
    /** The label that says for which alert something was captured. */
    public static final String ALERT_LABEL = "alert_id";

    private Diagnostics() {}

    /**
     * One of them.
     *
     * @param id its own
     * @param at when it came in
     * @param telemetry what it is
     */
    public record Kept(String id, Instant at, Telemetry telemetry) {}

    /**
     * Which are wanted; null for any.
     *
     * @param cursor where the page before ended; null for the first
     * @param limit 1 to 1000
     */
    public record Query(String cluster, String type, String node, String alertId, String cursor, int limit) {}

    /**
     * A page of them.
     *
     * @param next the cursor of the next page; null on the last
     */
    public record Page(List<Kept> diagnostics, String next) {}
}
