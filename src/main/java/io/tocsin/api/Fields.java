package io.tocsin.api;

import io.tocsin.model.Text;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The fields of a command's body; unknown ones are ignored. */
final class Fields {
    private final JsonObject json;

    private Fields(JsonObject json) {
        this.json = json;
    }

    /**
     * The fields of a JSON object.
     *
     * @param example what a body looks like, for whoever sent something else
     */
    static Fields of(Buffer body, String example) {
        try {
            if (body != null && body.length() > 0 && Json.decodeValue(body) instanceof JsonObject json) {
                return new Fields(json);
            }
        } catch (DecodeException e) {
            throw HttpFault.invalid("body: is not valid JSON; send " + example);
        }
        throw HttpFault.invalid("body: is no JSON object; send " + example);
    }

    /** A text that must be there and not blank. */
    String required(String name, int longest) {
        String text = optional(name, longest);
        if (text == null || text.isBlank()) {
            throw HttpFault.invalid(
                    name + ": " + (text == null ? "is missing" : "is blank") + "; 1 to " + longest + " characters");
        }
        return text;
    }

    /** A text; null if it is missing or null. */
    String optional(String name, int longest) {
        Object value = json.getValue(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw HttpFault.invalid(name + ": found " + Nearest.quoted(value.toString()) + "; allowed is text");
        }
        if (text.length() > longest) {
            throw HttpFault.invalid(name + ": " + text.length() + " characters; allowed are at most " + longest);
        }
        return Text.clean(text);
    }

    /** A text that must be there, exactly as it is; it is in no message. */
    String secret(String name, int longest) {
        if (json.getValue(name) instanceof String text && !text.isEmpty() && text.length() <= longest) {
            return text;
        }
        throw HttpFault.invalid(name + ": is missing or no text; 1 to " + longest + " characters");
    }

    /** A time span above zero, as text; null if it is missing or null. */
    String duration(String name) {
        String text = optional(name, 64);
        if (text != null) {
            positive(name, text);
        }
        return text;
    }

    static Duration positive(String name, String text) {
        Duration duration;
        try {
            duration = Text.duration(text);
        } catch (IllegalArgumentException e) {
            throw HttpFault.invalid(name + ": " + e.getMessage());
        }
        if (duration.isZero()) {
            throw HttpFault.invalid(name + ": found " + Nearest.quoted(text) + "; allowed is a duration above 0s");
        }
        return duration;
    }
}
