package io.tocsin.model;

import java.util.Map;

/**
 * Debug information of a component, kept as history.
 *
 * @param head what every message carries
 * @param component the component
 * @param traceType what was traced
 * @param data free form
 */
public record DebugTrace(Head head, String component, String traceType, Map<String, Object> data) implements Event {
    /** Its name on the wire. */
    public static final String TYPE = "debug_trace";

    public DebugTrace {
        data = data == null ? Map.of() : Values.copy(data);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
