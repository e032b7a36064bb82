package io.tocsin.lane.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free-form objects: what JSON can hold, each value with the Java type it had. */
final class FreeForm {
    private static final int NULL = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int INT = 3;
    private static final int LONG = 4;
    private static final int DOUBLE = 5;
    private static final int TEXT = 6;
    private static final int OBJECT = 7;
    private static final int LIST = 8;

    private FreeForm() {}

    static void write(Sink sink, Words words, Map<String, Object> map) {
        sink.number(map.size());
        map.forEach((name, value) -> {
            words.write(sink, name);
            value(sink, words, value);
        });
    }

    @SuppressWarnings("unchecked")
    private static void value(Sink sink, Words words, Object value) {
        if (value == null) {
            sink.one(NULL);
        } else if (value instanceof Boolean flag) {
            sink.one(flag ? TRUE : FALSE);
        } else if (value instanceof Integer number) {
            sink.one(INT);
            sink.signed(number);
        } else if (value instanceof Long number) {
            sink.one(LONG);
            sink.signed(number);
        } else if (value instanceof Number number) {
            sink.one(DOUBLE);
            sink.figure(number.doubleValue());
        } else if (value instanceof Map<?, ?> map) {
            sink.one(OBJECT);
            write(sink, words, (Map<String, Object>) map);
        } else if (value instanceof Collection<?> items) {
            sink.one(LIST);
            sink.number(items.size());
            items.forEach(item -> value(sink, words, item));
        } else {
            sink.one(TEXT);
            sink.text(value.toString());
        }
    }

    static Map<String, Object> read(Source source, Words words) {
        int size = source.count();
        if (size == 0) {
            return Map.of();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(words.read(source), value(source, words));
        }
        return map;
    }

    private static Object value(Source source, Words words) {
        int kind = source.one();
        return switch (kind) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case INT -> (int) source.signed();
            case LONG -> source.signed();
            case DOUBLE -> source.figure();
            case TEXT -> source.text();
            case OBJECT -> read(source, words);
            case LIST -> {
                List<Object> items = new ArrayList<>();
                for (int left = source.count(); left > 0; left--) {
                    items.add(value(source, words));
                }
                yield items;
            }
            default -> throw new IllegalStateException("a value of kind " + kind + " is not known");
        };
    }
}
