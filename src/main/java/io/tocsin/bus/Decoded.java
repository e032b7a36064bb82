package io.tocsin.bus;

import io.tocsin.model.Telemetry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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

    /** The answer to the sender: {@code {accepted: 2, rejected: [{index, error}]}}. */
    public JsonObject toJson() {
        JsonArray errors = new JsonArray();
        rejected.forEach(message ->
                errors.add(new JsonObject().put("index", message.index()).put("error", message.error())));
        return new JsonObject().put("accepted", accepted.size()).put("rejected", errors);
    }
}
