package io.tocsin.bus;

import io.tocsin.model.Telemetry;
import java.util.List;

/**
 * Telemetry on its way from a source to the lanes of this member; handed over by reference, never on the wire.
 *
 * @param messages in the order of their arrival
 */
public record TelemetryBatch(List<Telemetry> messages) {
    public TelemetryBatch {
        messages = List.copyOf(messages);
    }
}
