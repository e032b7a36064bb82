package io.tocsin.cli.scenario;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A scenario file as it was read.
 *
 * @param file its path, for people
 * @param description one line
 * @param cases what is played, each from nothing
 */
public record Scenario(String file, String description, List<Case> cases) {
    /**
     * One time line.
     *
     * @param name what it shows
     * @param clusters topology by monitored cluster, as in config; empty for none
     * @param moments what happens, in order of time; at one instant telemetry comes before expectations
     */
    public record Case(String name, Map<String, Nodes> clusters, List<Moment> moments) {}

    /** The nodes a monitored cluster should have, and how many must be up. */
    public record Nodes(List<String> nodes, int quorum) {}

    /** Something at an instant after the beginning. */
    public record Moment(Duration at, Action action) {}

    /** What happens. */
    public sealed interface Action {}

    /** Telemetry comes in. */
    public record Send(List<JsonObject> messages) implements Action {}

    /** Somebody answers the alerts that match. */
    public record AckIt(Map<String, Object> match, String by, String message, Duration lasts) implements Action {}

    /** Somebody says that the alerts that match are over. */
    public record ResolveIt(Map<String, Object> match, String by) implements Action {}

    /** The process is killed and started again. */
    public record Restart() implements Action {}

    /**
     * What should have happened since the last expectation; a null list is not looked at, an empty one means none.
     */
    public record Expect(
            List<Map<String, Object>> alerts,
            List<Map<String, Object>> notifications,
            List<Map<String, Object>> escalations)
            implements Action {}
}
