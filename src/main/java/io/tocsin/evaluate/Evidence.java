package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Because;
import io.tocsin.model.Reading;
import io.tocsin.model.Source;
import io.tocsin.model.Trend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which open alerts wait to hear again of what was under them, and got lost; they are looked at whenever any of it comes. */
final class Evidence {
    private static final String ANY = "*";
    private static final String SOURCE = "source:";
    private static final String TREND = "trend:";

    private final Map<AlertKey, Set<String>> missing = new HashMap<>();
    private final Map<String, Set<AlertKey>> waiting = new HashMap<>();

    boolean isEmpty() {
        return missing.isEmpty();
    }

    void await(AlertKey key, List<Because> lost) {
        Set<String> names = new HashSet<>();
        lost.forEach(because -> names.addAll(names(because.facts())));
        if (names.equals(missing.get(key))) {
            return;
        }
        stop(key);
        missing.put(key, names);
        names.forEach(name ->
                waiting.computeIfAbsent(name, n -> new LinkedHashSet<>(2)).add(key));
    }

    private static Set<String> names(List<Object> facts) {
        Set<String> names = new HashSet<>();
        for (Object fact : facts) {
            if (fact instanceof Reading reading) {
                names.add(reading.key());
            } else if (fact instanceof Trend trend) {
                names.add(TREND + trend.key());
            }
        }
        if (names.isEmpty()) {
            for (Object fact : facts) {
                if (fact instanceof Source source) {
                    names.add(SOURCE + source.node());
                }
            }
        }
        return names.isEmpty() ? Set.of(ANY) : names;
    }

    void stop(AlertKey key) {
        Set<String> names = missing.remove(key);
        if (names != null) {
            names.forEach(name -> unlist(name, key));
        }
    }

    private void unlist(String name, AlertKey key) {
        Set<AlertKey> keys = waiting.get(name);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            waiting.remove(name);
        }
    }

    void seen(Reading reading, Consumer<AlertKey> touch) {
        arrived(reading.key(), touch);
        if (reading.node() != null) {
            arrived(SOURCE + reading.node(), touch);
        }
        arrived(ANY, touch);
    }

    /** A trend was worked out anew: a reading alone says nothing while it is not warm. */
    void trend(String series, Consumer<AlertKey> touch) {
        arrived(TREND + series, touch);
    }

    /** A series is gone for want of news; nobody can wait for it any longer. */
    void gone(String series, Consumer<AlertKey> touch) {
        arrived(series, touch);
        arrived(TREND + series, touch);
    }

    private void arrived(String name, Consumer<AlertKey> touch) {
        Set<AlertKey> keys = waiting.remove(name);
        if (keys == null) {
            return;
        }
        for (AlertKey key : keys) {
            Set<String> names = missing.get(key);
            names.remove(name);
            if (names.isEmpty()) {
                missing.remove(key);
            }
            touch.accept(key);
        }
    }
}
