package io.tocsin.evaluate;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Because;
import io.tocsin.model.Finding;
import io.tocsin.model.Reading;
import io.tocsin.model.Recurrence;
import io.tocsin.model.Source;
import io.tocsin.model.Standing;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import io.tocsin.model.Trend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.kie.api.runtime.rule.Match;

/**
 * The findings that stand, with what they stand on. Equal findings are one to the engine, which says nothing when another
 * match comes to the same words, or when one of several no longer does; so those are asked for.
 */
final class Findings {
    private static final int MOST_FACTS = 16;

    private final String cluster;
    private RuleBook book;
    private Map<AlertKey, List<Standing>> standing = new HashMap<>();
    private final Multi<String, AlertKey> under = new Multi<>();
    private final Map<AlertKey, Map<Finding, Grounds>> shared = new HashMap<>();

    Findings(RuleBook book, String cluster) {
        this.book = book;
        this.cluster = cluster;
    }

    void under(RuleBook other) {
        book = other;
    }

    /** By key; what was handed out is not changed by {@link #clear}. */
    Map<AlertKey, List<Standing>> all() {
        return standing;
    }

    List<Standing> get(AlertKey key) {
        return standing.getOrDefault(key, List.of());
    }

    /** The keys that a series is under. */
    Set<AlertKey> under(String series) {
        return under.get(series);
    }

    /** A finding that was not there; its key. */
    AlertKey stand(Finding finding, Match match) {
        AlertKey key = key(finding);
        Standing one = standing(finding, match == null ? List.of() : List.of(match));
        standing.computeIfAbsent(key, k -> new ArrayList<>(2)).add(one);
        one.facts().forEach(fact -> list(fact, key));
        return key;
    }

    /** A finding that is there no longer; its key, null if it was not known. */
    AlertKey withdraw(Finding finding) {
        AlertKey key = key(finding);
        int index = indexOf(key, finding);
        if (index < 0) {
            return null;
        }
        List<Standing> all = standing.get(key);
        Standing gone = all.remove(index);
        release(key, gone, all);
        if (all.isEmpty()) {
            standing.remove(key);
        }
        return key;
    }

    /** A match came to words that were there before, its own or those of others; tells the keys that stand on other series now. */
    void again(Match match, Consumer<AlertKey> touch) {
        for (Grounds grounds : Grounds.of(match)) {
            Finding finding = grounds.finding();
            AlertKey key = key(finding);
            if (grounds.several()) {
                shared.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(finding, grounds);
            }
            if (restate(key, grounds)) {
                touch.accept(key);
            }
        }
    }

    /** Tells the keys that say of a series what they say of others in the same words. */
    void shared(String series, Consumer<AlertKey> touch) {
        if (!shared.isEmpty()) {
            under.get(series).stream().filter(shared::containsKey).forEach(touch);
        }
    }

    /** Looks again at what findings of some keys stand on that stood on several matches. */
    void restate(Set<AlertKey> keys) {
        if (shared.isEmpty()) {
            return;
        }
        for (AlertKey key : keys) {
            Map<Finding, Grounds> those = shared.get(key);
            if (those != null) {
                those.values().forEach(grounds -> restate(key, grounds));
                those.values().removeIf(grounds -> !grounds.several());
                if (those.isEmpty()) {
                    shared.remove(key);
                }
            }
        }
    }

    private boolean restate(AlertKey key, Grounds grounds) {
        List<Match> matches = grounds.matches();
        int index = matches.isEmpty() ? -1 : indexOf(key, grounds.finding());
        if (index < 0) {
            return false;
        }
        List<Standing> all = standing.get(key);
        Standing before = all.get(index);
        Standing now = standing(before.finding(), matches);
        all.set(index, now);
        now.facts().forEach(fact -> list(fact, key));
        release(key, before, all);
        return !now.because().like(before.because());
    }

    private int indexOf(AlertKey key, Finding finding) {
        List<Standing> all = get(key);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).finding().equals(finding)) {
                return i;
            }
        }
        return -1;
    }

    private AlertKey key(Finding finding) {
        return new AlertKey(cluster, finding.alertType(), finding.subject());
    }

    private void list(Object fact, AlertKey key) {
        String series = Because.series(fact);
        if (series != null) {
            under.add(series, key);
        }
    }

    private void release(AlertKey key, Standing gone, List<Standing> left) {
        for (Object fact : gone.facts()) {
            String series = Because.series(fact);
            if (series != null && left.stream().noneMatch(other -> reads(other, series))) {
                under.remove(series, key);
            }
        }
    }

    private static boolean reads(Standing standing, String series) {
        return standing.facts().stream().anyMatch(fact -> series.equals(Because.series(fact)));
    }

    /** With the facts of the matches; those that accumulates collected are copied one by one, as their lists live on. */
    private Standing standing(Finding finding, List<Match> matches) {
        Set<Object> seen = new LinkedHashSet<>();
        for (Match match : matches) {
            match.getObjects().forEach(fact -> collect(fact, seen));
        }
        List<Object> facts = seen.stream().limit(MOST_FACTS).toList();
        return new Standing(
                finding,
                matches.isEmpty() ? book.ref("-") : book.ref(matches.get(0)),
                facts,
                seen.size() - facts.size());
    }

    /** An accumulate hands over its result, a collection, or an array of results when it has several functions. */
    private static void collect(Object fact, Set<Object> seen) {
        if (fact instanceof Collection<?> collected) {
            collected.forEach(one -> collect(one, seen));
        } else if (fact instanceof Object[] results) {
            for (Object result : results) {
                collect(result, seen);
            }
        } else if (worthKeeping(fact)) {
            seen.add(fact);
        }
    }

    private static boolean worthKeeping(Object fact) {
        return fact instanceof Reading
                || fact instanceof Source
                || fact instanceof Topology
                || fact instanceof Trend
                || fact instanceof TimeOfDay
                || fact instanceof Recurrence
                || fact instanceof Number
                || fact instanceof String;
    }

    void clear() {
        standing = new HashMap<>();
        under.clear();
        shared.clear();
    }
}
