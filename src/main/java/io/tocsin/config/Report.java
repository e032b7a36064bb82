package io.tocsin.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a reading of the configuration brings to light. */
final class Report {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Loaded.Value> values = new LinkedHashMap<>();

    void problem(Place place, String key, String what) {
        problems.add(new Problem(place, key, what));
    }

    void warning(Place place, String key, String what) {
        warnings.add(new Problem(place, key, what));
    }

    void value(String key, String shown, Place from) {
        values.put(key, new Loaded.Value(key, shown, from.text()));
    }

    boolean failed() {
        return !problems.isEmpty();
    }

    List<Problem> problems() {
        return problems.stream().distinct().sorted(byPlace()).toList();
    }

    List<Problem> warnings() {
        return warnings.stream().sorted(byPlace()).toList();
    }

    List<Loaded.Value> values() {
        return List.copyOf(values.values());
    }

    private static Comparator<Problem> byPlace() {
        return Comparator.comparing((Problem p) -> p.place().source())
                .thenComparingInt(p -> p.place().line())
                .thenComparingInt(p -> p.place().column());
    }
}
