package io.tocsin.cli.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A list that is expected beside one that came: each is paired with one of the other as far as that is possible, whatever
 * their order. An entry says only what it names.
 *
 * @param missing entries that nothing fits, each with the nearest of what is left; its {@code got} is null if none is near
 * @param extra what no entry stands for
 */
record Comparison(List<Pair> missing, List<JsonObject> extra) {
    private static final List<String> NAMES = List.of("alert_type", "receiver", "subject", "node", "change");

    /** An entry and what is nearest to it. */
    record Pair(Map<String, Object> expected, JsonObject got) {}

    static Comparison of(List<Map<String, Object>> expected, List<JsonObject> got) {
        int[] takenBy = new int[got.size()];
        Arrays.fill(takenBy, -1);
        List<Map<String, Object>> unmatched = new ArrayList<>();
        for (int entry = 0; entry < expected.size(); entry++) {
            if (!place(entry, expected, got, takenBy, new boolean[got.size()])) {
                unmatched.add(expected.get(entry));
            }
        }
        List<JsonObject> left = new ArrayList<>();
        IntStream.range(0, got.size()).filter(i -> takenBy[i] < 0).forEach(i -> left.add(got.get(i)));
        List<Pair> missing = new ArrayList<>();
        for (Map<String, Object> entry : unmatched) {
            JsonObject near = nearest(entry, left);
            left.remove(near);
            missing.add(new Pair(entry, near));
        }
        return new Comparison(missing, left);
    }

    /** Finds room for an entry, moving others that fit elsewhere too. */
    private static boolean place(
            int entry, List<Map<String, Object>> expected, List<JsonObject> got, int[] takenBy, boolean[] tried) {
        for (int i = 0; i < got.size(); i++) {
            if (!tried[i] && matches(expected.get(entry), got.get(i))) {
                tried[i] = true;
                if (takenBy[i] < 0 || place(takenBy[i], expected, got, takenBy, tried)) {
                    takenBy[i] = entry;
                    return true;
                }
            }
        }
        return false;
    }

    private static JsonObject nearest(Map<String, Object> entry, List<JsonObject> left) {
        JsonObject nearest = null;
        long best = 0;
        for (JsonObject one : left) {
            if (named(entry, one)) {
                long same = entry.entrySet().stream()
                        .filter(field -> same(field.getValue(), one.getValue(field.getKey())))
                        .count();
                if (nearest == null || same > best) {
                    nearest = one;
                    best = same;
                }
            }
        }
        return nearest;
    }

    /** Whether they are about the same thing: the first name that the entry gives agrees. */
    private static boolean named(Map<String, Object> entry, JsonObject one) {
        for (String name : NAMES) {
            if (entry.containsKey(name)) {
                return same(entry.get(name), one.getValue(name));
            }
        }
        return true;
    }

    static boolean matches(Map<String, Object> expected, JsonObject got) {
        return expected.entrySet().stream().allMatch(field -> same(field.getValue(), got.getValue(field.getKey())));
    }

    static boolean same(Object expected, Object got) {
        if (expected instanceof Number a && got instanceof Number b) {
            return Math.abs(a.doubleValue() - b.doubleValue()) <= 1e-9 * Math.max(1, Math.abs(a.doubleValue()));
        }
        if (expected instanceof List<?> list && (got instanceof JsonArray || got instanceof List<?>)) {
            List<?> other = got instanceof JsonArray array ? array.getList() : (List<?>) got;
            return list.size() == other.size()
                    && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), other.get(i)));
        }
        if (expected instanceof Map<?, ?> map && (got instanceof JsonObject || got instanceof Map<?, ?>)) {
            Map<?, ?> other = got instanceof JsonObject object ? object.getMap() : (Map<?, ?>) got;
            return map.entrySet().stream().allMatch(field -> same(field.getValue(), other.get(field.getKey())));
        }
        return Objects.equals(expected, got)
                || expected != null && got != null && expected.toString().equals(got.toString());
    }
}
