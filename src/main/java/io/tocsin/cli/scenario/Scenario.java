package io.tocsin.cli.scenario;

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
    public Scenario {
        cases = List.copyOf(cases);
    }

    /** The same with some of its cases only. */
    Scenario with(List<Case> some) {
        return new Scenario(file, description, some);
    }

    /**
     * One time line.
     *
     * @param name what it shows
     * @param line where it is written
     * @param clusters topology by monitored cluster, as in config; empty for none
     * @param moments what happens, in order of time and then as written
     */
    public record Case(String name, int line, Map<String, Nodes> clusters, List<Moment> moments) {
        /** How long it is. */
        Duration length() {
            return moments.isEmpty()
                    ? Duration.ZERO
                    : moments.get(moments.size() - 1).at();
        }
    }

    /** The nodes a monitored cluster should have, and how many must be up. */
    public record Nodes(List<String> nodes, int quorum) {}

    /**
     * Something at an instant.
     *
     * @param at after the beginning of the case
     * @param line where it is written
     * @param action what happens
     */
    public record Moment(Duration at, int line, Action action) {}

    /** What happens. */
    public sealed interface Action {}

    /** Telemetry comes in. */
    record Send(List<Message> messages) implements Action {}

    /** Somebody answers the one open alert that fits. */
    record AckIt(Map<String, Object> match, String by, String message, Duration lasts) implements Action {}

    /** Somebody says that the one open alert that fits is over. */
    record ResolveIt(Map<String, Object> match, String by) implements Action {}

    /** The process is killed and started again. */
    record Restart() implements Action {}

    /**
     * What should have happened since the last expectation; a null list is not looked at, an empty one means none.
     */
    public record Expect(
            List<Map<String, Object>> alerts,
            List<Map<String, Object>> notifications,
            List<Map<String, Object>> escalations)
            implements Action {}
}
