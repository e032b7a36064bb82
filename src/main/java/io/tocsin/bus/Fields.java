package io.tocsin.bus;

import io.tocsin.model.Text;
import io.tocsin.model.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one JSON object, each read as what it must be; an absent field and an explicit null are the same. What
 * we stored ourselves is read as it stands; what came from outside is held to the bounds and made safe to print.
 */
final class Fields {
    /** The longest free text; the rest is cut off. */
    static final int MAX_TEXT = 4096;

    private static final String DURATION = "a duration such as 250ms, 30s, 10m or 1h30m";

    private final String where;
    private final Map<?, ?> map;
    private final boolean stored;
    private final Names names;

    private Fields(String where, Map<?, ?> map, boolean stored) {
        this.where = where;
        this.map = map;
        this.stored = stored;
        this.names = new Names(where, stored);
    }

    /** Fields that somebody sent. */
    static Fields received(String where, Map<?, ?> map) {
        return new Fields(where, map, false);
    }

    /** Fields that we wrote ourselves. */
    static Fields stored(String where, Map<?, ?> map) {
        return new Fields(where, map, true);
    }

    /** The value as JSON has it; null if absent. */
    Object get(String field) {
        return Plain.of(map.get(field));
    }

    /** The complaint about a field. */
    InvalidMessage wrong(String field, String expected) {
        return wrong(where, field, expected, get(field));
    }

    static InvalidMessage wrong(String where, String path, String expected, Object found) {
        return new InvalidMessage(where + "." + path + ": expected " + expected + ", found " + Plain.found(found));
    }

    /** A required name. */
    String name(String field) {
        Object value = get(field);
        if (value == null) {
            throw wrong(field, "a name");
        }
        return names.check(field, value);
    }

    /** A name; the other one if absent. */
    String name(String field, String otherwise) {
        Object value = get(field);
        return value == null ? otherwise : names.check(field, value);
    }

    /** Checks a value of a free-form object that tells series apart: a name or a number, if there is one. */
    void seriesPart(String path, Object value) {
        if (!stored && value != null && !(value instanceof Number)) {
            names.check(path, value);
        }
    }

    /** Free text, safe to print; null if absent. */
    String text(String field) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw wrong(field, "text");
        }
        return stored ? text : FreeForm.text(where + "." + field, text);
    }

    /** A required number. */
    double number(String field, double min, double max) {
        Double number = numberOrNull(field, min, max);
        if (number == null) {
            throw wrong(field, Figures.range(min, max));
        }
        return number;
    }

    /** A number; null if absent. */
    Double numberOrNull(String field, double min, double max) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        if (stored && value instanceof String text) {
            return Double.valueOf(text);
        }
        if (!(value instanceof Number number)) {
            throw wrong(field, Figures.range(min, max));
        }
        double figure = number.doubleValue();
        if (!stored && !(figure >= min && figure <= max && Double.isFinite(figure))) {
            throw wrong(field, Figures.range(min, max));
        }
        return figure;
    }

    /** A number without bounds; null if absent. */
    Double anyNumber(String field) {
        return numberOrNull(field, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** A whole number of at least 0 and at most {@code max}; null if absent. */
    Long count(String field, long max) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        Long whole = Figures.whole(value, max);
        if (whole != null) {
            return whole;
        }
        if (stored && (value instanceof Integer || value instanceof Long)) {
            return ((Number) value).longValue();
        }
        throw wrong(field, Figures.range(max));
    }

    /** A whole number of at least 0; null if absent. */
    Integer integer(String field) {
        Long count = count(field, Integer.MAX_VALUE);
        return count == null ? null : Integer.valueOf(count.intValue());
    }

    /** True or false; false if absent. */
    boolean flag(String field) {
        return switch (String.valueOf(get(field))) {
            case "true" -> true;
            case "false", "null" -> false;
            default -> throw wrong(field, "true or false");
        };
    }

    /** A required word of a closed choice. */
    <E extends Wire> E word(String field, Words<E> words) {
        E word = word(field, words, null);
        if (word == null) {
            throw wrong(field, words.allowed());
        }
        return word;
    }

    /** A word of a closed choice; the other one if absent. */
    <E extends Wire> E word(String field, Words<E> words, E otherwise) {
        Object value = get(field);
        if (value == null) {
            return otherwise;
        }
        E word = value instanceof String text ? words.find(text) : null;
        if (word == null) {
            throw wrong(field, words.allowed());
        }
        return word;
    }

    /** A word that only we write; the other one if absent or sent by somebody. */
    <E extends Wire> E own(String field, Words<E> words, E otherwise) {
        return stored ? word(field, words, otherwise) : otherwise;
    }

    /** An RFC 3339 time, not before 1970; null if absent. */
    Instant time(String field) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        Instant time = value instanceof String text ? Times.parse(text) : null;
        if (time == null) {
            throw wrong(field, "an RFC 3339 time such as 2026-11-23T12:00:00Z");
        }
        if (!stored && time.getEpochSecond() < 0) {
            throw wrong(field, "a time since 1970");
        }
        return time;
    }

    /** A duration above 0 and at most {@code max}, whatever it is if stored; null if absent. */
    Duration duration(String field, Duration max) {
        Object value = get(field);
        if (value == null) {
            return null;
        }
        try {
            // a longer text would take the duration parser too long
            Duration duration = value instanceof String text && text.length() <= 40 ? Text.duration(text) : null;
            if (duration != null && (stored || (!duration.isZero() && duration.compareTo(max) <= 0))) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(field, DURATION);
        }
        throw wrong(field, DURATION + (stored ? "" : ", above 0 and at most " + Text.duration(max)));
    }

    /** A list of names; empty if absent. */
    List<String> names(String field) {
        Object value = get(field);
        return value == null ? List.of() : names.list(field, value);
    }

    /** A map of names to texts; empty if absent. */
    Map<String, String> labels(String field) {
        Object value = get(field);
        return value == null ? Map.of() : names.labels(field, value);
    }

    /**
     * A free-form object; empty if absent. Fields that the message type does not know are added to it.
     *
     * @param known the fields that the message type knows
     */
    Map<String, Object> free(String field, Set<String> known) {
        Object value = get(field);
        if (value != null && !(value instanceof Map)) {
            throw wrong(field, "an object");
        }
        Map<?, ?> given = value == null ? Map.of() : (Map<?, ?>) value;
        return stored ? Plain.map(given) : new FreeForm(where + "." + field).read(given, map, known);
    }

    /** A required whole number that we wrote ourselves. */
    Long required(String field) {
        Long number = count(field, Long.MAX_VALUE);
        if (number == null) {
            throw wrong(field, "a whole number");
        }
        return number;
    }

    /** An object that we wrote ourselves. */
    Fields object(String field) {
        if (get(field) instanceof Map<?, ?> inner) {
            return new Fields(where + "." + field, inner, stored);
        }
        throw wrong(field, "an object");
    }

    /** A list of objects that we wrote ourselves; empty if absent. */
    List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        for (Map<?, ?> item : maps(field)) {
            objects.add(new Fields(where + "." + field, item, stored));
        }
        return objects;
    }

    /** A list of objects as maps; empty if absent. */
    List<Map<?, ?>> maps(String field) {
        Object value = get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(field, "an array");
        }
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object item : list) {
            if (!(Plain.of(item) instanceof Map<?, ?> map)) {
                throw wrong(where, field, "an array of objects", item);
            }
            maps.add(map);
        }
        return maps;
    }
}
