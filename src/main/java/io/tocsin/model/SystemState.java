package io.tocsin.model;

import java.util.Map;

/**
 * A snapshot of a node's state, kept as history.
 *
 * @param head what every message carries
 * @param snapshotType what was captured, such as {@code memory_usage}
 * @param stateData free form
 */
public record SystemState(Head head, String snapshotType, Map<String, Object> stateData) implements Event {
    /** Its name on the wire. */
    public static final String TYPE = "system_state";

    public SystemState {
        stateData = stateData == null ? Map.of() : Values.copy(stateData);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
