package io.tocsin.cli.replay;

import io.tocsin.evaluate.RuleBook;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a replay came to.
 *
 * @param after the rules in question
 * @param before the rules they are compared against; null if none
 * @param notes what is worth to know about the past that was replayed
 * @param seconds how long it took
 */
record Result(Side after, Side before, List<String> notes, double seconds) {
    /**
     * One rule set.
     *
     * @param name its folder
     * @param book the rules
     * @param story what it made of the past
     */
    record Side(String name, RuleBook book, Story story) {}

    Difference difference() {
        return Difference.between(before == null ? null : before.story(), after.story());
    }

    Figures figures() {
        return Figures.of(after.story());
    }

    /** In numbers what the rules compared against made of it; null if there are none. */
    Figures figuresBefore() {
        return before == null ? null : Figures.of(before.story());
    }

    Instant begin() {
        return after.story().begin();
    }

    Instant end() {
        return after.story().end();
    }

    Set<String> receivers() {
        Set<String> receivers = new TreeSet<>(figures().receivers().keySet());
        if (before != null) {
            receivers.addAll(figuresBefore().receivers().keySet());
        }
        return receivers;
    }

    Set<String> clusters() {
        Set<String> clusters = new TreeSet<>();
        difference().pairs().forEach(pair -> clusters.add(pair.key().cluster()));
        return clusters;
    }
}
