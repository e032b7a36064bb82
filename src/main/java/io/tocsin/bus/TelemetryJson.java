package io.tocsin.bus;

import io.tocsin.model.Telemetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;

/**
 * Telemetry as JSON. Messages are checked one by one: a wrong one is rejected with its place and the reason, the others
 * are accepted. A body that is no JSON, too deep or too long is refused whole with {@link InvalidMessage}.
 */
public final class TelemetryJson {
    /** How far ahead of its receipt the timestamp of a message may be. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /** The longest time to live that a message may ask for. */
    public static final Duration MAX_TTL = Duration.ofHours(24);

    /** How messages are written in a body. */
    public enum Format {
        /** One object, or an array of objects. */
        JSON,
        /** One object a line; blank lines count for nothing, a line that is no JSON is rejected alone. */
        NDJSON
    }

    private TelemetryJson() {}

    /**
     * Decodes a body.
     *
     * @param body UTF-8
     * @param format how messages are written in it
     * @param receivedAt when it was received
     * @param limits what it may hold
     * @throws InvalidMessage if it is refused whole
     */
    public static Decoded decode(Buffer body, Format format, Instant receivedAt, Limits limits) {
        return decode(body.getBytes(), format, receivedAt, limits);
    }

    /**
     * Decodes a body.
     *
     * @param body UTF-8
     * @param format how messages are written in it
     * @param receivedAt when it was received
     * @param limits what it may hold
     * @throws InvalidMessage if it is refused whole
     */
    public static Decoded decode(byte[] body, Format format, Instant receivedAt, Limits limits) {
        Batch batch = new Batch(receivedAt, limits);
        if (format == Format.NDJSON) {
            batch.lines(body);
            return batch.decoded();
        }
        String text = JsonFault.utf8(body, 0, body.length);
        if (text.isBlank()) {
            throw new InvalidMessage("body: expected a message or an array of messages, found nothing");
        }
        JsonText.each(text, limits.maxMessages(), batch::add);
        return batch.decoded();
    }

    /** Decodes one message from the bus. */
    public static Decoded decode(JsonObject message, Instant receivedAt, Limits limits) {
        Batch batch = new Batch(receivedAt, limits);
        batch.add(new JsonText.Item(message.getMap(), null));
        return batch.decoded();
    }

    /**
     * Decodes messages from the bus.
     *
     * @throws InvalidMessage if there are too many
     */
    public static Decoded decode(JsonArray messages, Instant receivedAt, Limits limits) {
        if (messages.size() > limits.maxMessages()) {
            throw new InvalidMessage(JsonText.tooMany(limits.maxMessages()));
        }
        Batch batch = new Batch(receivedAt, limits);
        for (Object message : messages.getList()) {
            batch.add(new JsonText.Item(Plain.of(message), null));
        }
        return batch.decoded();
    }

    /** The message as it goes over the bus; {@link #decode} gives it back. */
    public static JsonObject encode(Telemetry telemetry) {
        return TelemetryEncoder.encode(telemetry);
    }

    /** The names of the message types. */
    public static Set<String> types() {
        return Collections.unmodifiableSet(TelemetryDecoder.TYPES.keySet());
    }
}
