package io.tocsin.bus;

import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of nodes, components, operations, labels, …: they tell things apart, so a wrong one is refused, never repaired.
 *
 * @param where the object they stand in
 * @param stored whether we wrote it ourselves; then anything goes
 */
record Names(String where, boolean stored) {
    /** The longest name, characters. */
    static final int MAX_NAME = 256;

    private static final int MAX_LIST = 10_000;
    private static final int MAX_LABELS = 64;

    String check(String path, Object value) {
        if (!(value instanceof String name)) {
            throw Fields.wrong(where, path, "a name as text", value);
        }
        if (stored) {
            return name;
        }
        if (name.isBlank()) {
            throw Fields.wrong(where, path, "a name that is not blank", name);
        }
        if (name.length() > MAX_NAME) {
            throw new InvalidMessage(where + "." + path + ": expected a name of at most " + MAX_NAME
                    + " characters, found " + name.length());
        }
        if (!Text.isClean(name)) {
            throw Fields.wrong(where, path, "a name without control or invisible characters", name);
        }
        return name;
    }

    List<String> list(String field, Object value) {
        if (!(value instanceof List<?> list)) {
            throw Fields.wrong(where, field, "an array of names", value);
        }
        if (!stored && list.size() > MAX_LIST) {
            throw new InvalidMessage(
                    where + "." + field + ": expected at most " + MAX_LIST + " names, found " + list.size());
        }
        List<String> names = new ArrayList<>(list.size());
        for (Object item : list) {
            names.add(check(field + "[" + names.size() + "]", Plain.of(item)));
        }
        return names;
    }

    Map<String, String> labels(String field, Object value) {
        if (!(value instanceof Map<?, ?> labels)) {
            throw Fields.wrong(where, field, "an object of names and texts", value);
        }
        if (!stored && labels.size() > MAX_LABELS) {
            throw new InvalidMessage(
                    where + "." + field + ": expected at most " + MAX_LABELS + " labels, found " + labels.size());
        }
        Map<String, String> read = new LinkedHashMap<>();
        labels.forEach((key, label) -> {
            String name = check(field, key);
            Object text = Plain.of(label);
            String path = field + "." + Text.cut(name, 40);
            if (text instanceof String string) {
                read.put(name, stored ? string : FreeForm.text(where + "." + path, string));
            } else if (text != null) {
                throw Fields.wrong(where, path, "text", text);
            }
        });
        return read;
    }
}
