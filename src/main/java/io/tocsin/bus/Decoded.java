package io.tocsin.bus;

import io.tocsin.model.Telemetry;
import java.util.List;

/**
 * What became of a body of telemetry; every message of it is in one of the two lists.
 *
 * @param accepted the valid messages, in their order
 * @param rejected the others, in their order
 */
public record Decoded(List<Telemetry> accepted, List<Rejected> rejected) {
    public Decoded {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }
}
