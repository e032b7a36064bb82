package io.tocsin.cli.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what is expected with what happened: a list is exact, an entry says only what it names. */
final class Matching {
    private Matching() {}

    /**
     * The differences, in words; empty if there are none.
     *
     * @param what the list's name
     * @param ignored entries that may be there without being expected
     */
    static List<String> differences(
            String what,
            List<Map<String, Object>> expected,
            List<JsonObject> got,
            java.util.function.Predicate<JsonObject> ignored) {
        List<JsonObject> left = new ArrayList<>(got);
        List<String> differences = new ArrayList<>();
        for (Map<String, Object> entry : expected) {
            JsonObject found =
                    left.stream().filter(one -> matches(entry, one)).findFirst().orElse(null);
            if (found == null) {
                differences.add(what + ": expected " + entry + near(entry, left));
            } else {
                left.remove(found);
            }
        }
        for (JsonObject extra : left) {
            if (!ignored.test(extra)) {
                differences.add(what + ": not expected: " + brief(extra));
            }
        }
        return differences;
    }

    private static String near(Map<String, Object> entry, List<JsonObject> left) {
        return left.isEmpty()
                ? ", got none"
                : ", got "
                        + left.stream().map(one -> named(entry, one)).distinct().toList();
    }

    private static String named(Map<String, Object> entry, JsonObject one) {
        StringBuilder text = new StringBuilder("{");
        entry.keySet()
                .forEach(name -> text.append(text.length() > 1 ? ", " : "")
                        .append(name)
                        .append('=')
                        .append(one.getValue(name)));
        return text.append('}').toString();
    }

    private static String brief(JsonObject one) {
        StringBuilder text = new StringBuilder("{");
        for (String name : List.of("receiver", "change", "alert_type", "subject", "state", "severity", "level")) {
            if (one.getValue(name) != null) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(name)
                        .append('=')
                        .append(one.getValue(name));
            }
        }
        return text.append('}').toString();
    }

    static boolean matches(Map<String, Object> expected, JsonObject got) {
        return expected.entrySet().stream().allMatch(field -> same(field.getValue(), got.getValue(field.getKey())));
    }

    private static boolean same(Object expected, Object got) {
        if (expected instanceof Number a && got instanceof Number b) {
            return Math.abs(a.doubleValue() - b.doubleValue()) <= 1e-9 * Math.max(1, Math.abs(a.doubleValue()));
        }
        if (expected instanceof List<?> list && got instanceof JsonArray array) {
            return list.size() == array.size()
                    && java.util.stream.IntStream.range(0, list.size())
                            .allMatch(i -> same(list.get(i), array.getValue(i)));
        }
        if (expected instanceof Map<?, ?> map && got instanceof JsonObject object) {
            return map.entrySet().stream()
                    .allMatch(field -> same(
                            field.getValue(), object.getValue(field.getKey().toString())));
        }
        return Objects.equals(expected, got)
                || expected != null && got != null && expected.toString().equals(got.toString());
    }
}
