package io.tocsin.bus;

import io.tocsin.model.Text;
import io.tocsin.model.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as JSON has them: a {@link JsonObject} that was never text may hold others. */
final class Plain {
    private Plain() {}

    /** The value as a string, number, boolean, map, list or null where it can be one of these, else as it is. */
    static Object of(Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof JsonObject object) {
            return object.getMap();
        }
        if (value instanceof JsonArray array) {
            return array.getList();
        }
        if (value instanceof Wire word) {
            return word.wire();
        }
        return value instanceof CharSequence || value instanceof Instant || value instanceof Enum
                ? value.toString()
                : value;
    }

    /** The map with names as text. */
    static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), of(value)));
        return copy;
    }

    /** What was found, short and safe to print. */
    static String found(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String text) {
            // cutting first keeps the work on a long text small
            return '"' + Text.cut(Text.clean(Text.cut(text, 41)), 40) + '"';
        }
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof Number || value instanceof Boolean
                ? Text.cut(value.toString(), 40)
                : "a " + value.getClass().getSimpleName();
    }
}
