package io.tocsin.bus;

import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes in an object of any shape: bounded, finite, and every name and text in it safe to print. */
final class FreeForm {
    /** How large the object may be as JSON, bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private final String where;
    private int bytes = 2;

    FreeForm(String where) {
        this.where = where;
    }

    /**
     * The object, and with it the fields of the message that its type does not know and whose names are not taken.
     *
     * @throws InvalidMessage if it is too large, too deep or holds what is no JSON
     */
    Map<String, Object> read(Map<?, ?> given, Map<?, ?> message, Set<String> known) {
        Map<String, Object> read = read(given, 0);
        for (Map.Entry<?, ?> field : message.entrySet()) {
            if (field.getValue() != null && !known.contains(field.getKey())) {
                add(read, String.valueOf(field.getKey()), field.getValue(), 0);
            }
        }
        return read;
    }

    private Map<String, Object> read(Map<?, ?> map, int depth) {
        Map<String, Object> read = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() != null) {
                add(read, String.valueOf(entry.getKey()), entry.getValue(), depth);
            }
        }
        return read;
    }

    private void add(Map<String, Object> map, String name, Object value, int depth) {
        String key = text(where, name);
        if (!map.containsKey(key)) {
            count(key, 4);
            map.put(key, value(value, depth + 1));
        }
    }

    private Object value(Object raw, int depth) {
        Object value = Plain.of(raw);
        if (value instanceof String text) {
            String safe = text(where, text);
            count(safe, 3);
            return safe;
        }
        if (value instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new InvalidMessage(where + ": expected finite numbers, found " + Plain.found(number));
            }
            count(number.toString(), 1);
            return number;
        }
        if (value == null || value instanceof Boolean) {
            count("", 6);
            return value;
        }
        if (depth > JsonText.MAX_DEPTH) {
            throw new InvalidMessage(
                    where + ": expected at most " + JsonText.MAX_DEPTH + " levels of arrays and objects, found more");
        }
        count("", 3);
        if (value instanceof Map<?, ?> map) {
            return read(map, depth);
        }
        if (value instanceof List<?> list) {
            List<Object> read = new ArrayList<>(list.size());
            for (Object item : list) {
                read.add(value(item, depth + 1));
            }
            return read;
        }
        throw new InvalidMessage(where + ": expected what JSON can hold, found " + Plain.found(value));
    }

    private void count(String text, int more) {
        bytes += text.length() + more;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // what one char takes in UTF-8, half a pair two; quotes and backslashes are escaped
            bytes += c < 0x80 ? (c == '"' || c == '\\' ? 1 : 0) : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidMessage(
                    where + ": expected an object of at most " + MAX_BYTES + " bytes as JSON, found a larger one");
        }
    }

    /**
     * Free text made safe to print and cut to {@link Fields#MAX_TEXT}.
     *
     * @throws InvalidMessage if it holds half of a surrogate pair
     */
    static String text(String where, String text) {
        String safe = Text.clean(text);
        if (safe != text && hasLoneSurrogate(text)) {
            throw new InvalidMessage(
                    where + ": expected valid Unicode, found half a surrogate pair in " + Plain.found(text));
        }
        return Text.cut(safe, Fields.MAX_TEXT);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
