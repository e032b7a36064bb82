package io.tocsin.lane;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often rules changed their mind about a key while a session was brought to rest. */
final class Flips {
    private final Map<AlertKey, Set<String>> before = new HashMap<>();
    private final Map<String, Integer> flips = new TreeMap<>();

    /** Notes which rules stand for a key in this round. */
    void note(AlertKey key, List<Standing> standing) {
        Set<String> now = new HashSet<>();
        standing.forEach(one -> now.add(one.rule().name()));
        Set<String> was = before.put(key, now);
        if (was != null) {
            count(was, now);
            count(now, was);
        }
    }

    private void count(Set<String> some, Set<String> others) {
        for (String rule : some) {
            if (!others.contains(rule)) {
                flips.merge(rule, 1, Integer::sum);
            }
        }
    }

    /** The rule that changed its mind most often; null if none did. */
    String worst() {
        return flips.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
