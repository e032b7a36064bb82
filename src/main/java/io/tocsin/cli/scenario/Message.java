package io.tocsin.cli.scenario;

import io.tocsin.bus.Decoded;
import io.tocsin.bus.Limits;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Head;
import io.tocsin.model.Reading;
import io.tocsin.model.Telemetry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A message of a scenario, decoded once and sent as often as its time line says.
 *
 * @param json as it is written
 * @param telemetry as it was decoded
 * @param stamped whether it says itself when its source saw it
 */
record Message(JsonObject json, Telemetry telemetry, boolean stamped) {

    /** What was wrong with a message; the message has no field of that name if it is about the message as a whole. */
    record Refused(String error) {}

    /** The message, or a {@link Refused}. */
    static Object of(JsonObject json, Instant first) {
        Decoded decoded = TelemetryJson.decode(json, first, Limits.DEFAULT);
        return decoded.rejected().isEmpty()
                ? new Message(json, decoded.accepted().get(0), json.getValue("timestamp") != null)
                : new Refused(decoded.rejected().get(0).error());
    }

    /** The same as received at an instant. */
    Telemetry at(Instant now) {
        Head head = telemetry.head();
        if (now.equals(head.receivedAt())) {
            return telemetry;
        }
        if (telemetry instanceof Reading reading) {
            return reading.with(new Head(
                    head.cluster(),
                    head.node(),
                    stamped ? head.timestamp() : now,
                    now,
                    head.labels(),
                    head.ttl(),
                    true,
                    head.key()));
        }
        return TelemetryJson.decode(json, now, Limits.DEFAULT).accepted().get(0);
    }
}
