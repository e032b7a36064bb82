package io.tocsin.cli.replay;

import io.tocsin.model.AlertKey;
import io.tocsin.model.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs between what two rule sets made of the same past, alert by alert. */
final class Difference {
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    /** How an alert differs. */
    enum Change implements Wire {
        /** There is none under the rules compared against. */
        NEW,
        /** There is none any more. */
        GONE,
        /** It fires earlier. */
        EARLIER,
        /** It fires later. */
        LATER,
        /** It fires for longer. */
        LONGER,
        /** It fires for less. */
        SHORTER,
        /** It is worse at its worst. */
        WORSE,
        /** It is less bad at its worst. */
        MILDER,
        /** It climbs more levels. */
        ESCALATES_MORE,
        /** It climbs fewer levels. */
        ESCALATES_LESS,
        /** Other receivers hear of it, or more or less often. */
        TOLD_OTHERWISE
    }

    /**
     * An alert under both rule sets.
     *
     * @param key what it is about
     * @param before under the rules compared against; null if there is none
     * @param after under the new rules; null if there is none
     * @param changes how it differs; empty if it does not
     */
    record Pair(AlertKey key, Tale before, Tale after, Set<Change> changes) {
        /** The one under the new rules, else the other. */
        Tale any() {
            return after != null ? after : before;
        }

        boolean same() {
            return changes.isEmpty();
        }
    }

    private final Instant begin;
    private final Instant end;
    private final List<Pair> pairs = new ArrayList<>();

    private Difference(Story after) {
        this.begin = after.begin();
        this.end = after.end();
    }

    /** Compares; without a story to compare against, every alert is a pair without changes. */
    static Difference between(Story before, Story after) {
        Difference difference = new Difference(after);
        if (before == null) {
            after.alerts().forEach(tale -> difference.pairs.add(new Pair(tale.key(), null, tale, Set.of())));
        } else {
            Map<AlertKey, List<Tale>> were = byKey(before.alerts());
            Map<AlertKey, List<Tale>> are = byKey(after.alerts());
            were.forEach((key, tales) -> difference.match(key, tales, are.getOrDefault(key, List.of())));
            are.forEach((key, tales) -> {
                if (!were.containsKey(key)) {
                    difference.match(key, List.of(), tales);
                }
            });
        }
        difference.pairs.sort(Comparator.comparing((Pair pair) -> pair.any().firedAt())
                .thenComparing(pair -> pair.key().toString()));
        return difference;
    }

    private static Map<AlertKey, List<Tale>> byKey(List<Tale> tales) {
        Map<AlertKey, List<Tale>> byKey = new LinkedHashMap<>();
        tales.stream()
                .sorted(Comparator.comparing(Tale::firedAt))
                .forEach(tale -> byKey.computeIfAbsent(tale.key(), key -> new ArrayList<>())
                        .add(tale));
        return byKey;
    }

    /** Two alerts of a key are one if they overlap, from when the trouble began to when it was over. */
    private void match(AlertKey key, List<Tale> before, List<Tale> after) {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            Tale was = i < before.size() ? before.get(i) : null;
            Tale is = j < after.size() ? after.get(j) : null;
            if (was != null && is != null && overlap(was, is)) {
                pairs.add(new Pair(key, was, is, changes(was, is)));
                i++;
                j++;
            } else if (is == null || was != null && was.since().isBefore(is.since())) {
                pairs.add(new Pair(key, was, null, EnumSet.of(Change.GONE)));
                i++;
            } else {
                pairs.add(new Pair(key, null, is, EnumSet.of(Change.NEW)));
                j++;
            }
        }
    }

    private boolean overlap(Tale a, Tale b) {
        return !a.since().isAfter(b.end(end)) && !b.since().isAfter(a.end(end));
    }

    private Set<Change> changes(Tale was, Tale is) {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        compare(changes, Duration.between(was.firedAt(), is.firedAt()), Change.EARLIER, Change.LATER);
        compare(changes, is.lasted(begin, end).minus(was.lasted(begin, end)), Change.SHORTER, Change.LONGER);
        int worse = is.worst().compareTo(was.worst());
        if (worse != 0) {
            changes.add(worse > 0 ? Change.WORSE : Change.MILDER);
        }
        if (is.escalations() != was.escalations()) {
            changes.add(is.escalations() > was.escalations() ? Change.ESCALATES_MORE : Change.ESCALATES_LESS);
        }
        if (!told(was).equals(told(is))) {
            changes.add(Change.TOLD_OTHERWISE);
        }
        return changes;
    }

    private static List<String> told(Tale tale) {
        return tale.notifications().stream()
                .map(one -> one.receiver() + " " + one.change())
                .sorted()
                .toList();
    }

    private static void compare(Set<Change> changes, Duration by, Change less, Change more) {
        if (by.abs().compareTo(TOLERANCE) >= 0) {
            changes.add(by.isNegative() ? less : more);
        }
    }

    /** Every alert, by when it fired. */
    List<Pair> pairs() {
        return pairs;
    }

    /** How many alerts differ so; one may differ in several ways. */
    Map<Change, Long> counts() {
        Map<Change, Long> counts = new EnumMap<>(Change.class);
        pairs.forEach(pair -> pair.changes().forEach(change -> counts.merge(change, 1L, Long::sum)));
        return counts;
    }

    long same() {
        return pairs.stream().filter(Pair::same).count();
    }
}
