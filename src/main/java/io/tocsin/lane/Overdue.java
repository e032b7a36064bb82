package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out whether a piece of work takes too long, and which rule keeps it. One look says little: a process that stood
 * still, or a long batch, may be past the limit anywhere. A rule is to blame that two looks find the same work in.
 */
public final class Overdue {
    private static final int LOOKS = 2;
    private static final int MOST_FRAMES = 8;
    private static final Duration SELDOM = Duration.ofSeconds(1);

    private final Duration limit;
    private final Map<String, Integer> seen = new HashMap<>();
    private Pulse.Work work;
    private int elsewhere;

    /** For work that may take so long. */
    public Overdue(Duration limit) {
        this.limit = limit;
    }

    /**
     * Work that takes too long.
     *
     * @param work the work
     * @param rules the rules that keep it; empty if it is in none of them
     * @param frames where it is, innermost first, a line
     */
    public record Stuck(Pulse.Work work, Set<String> rules, String frames) {}

    /** What does not end, in words: the rules and where they are written, or where the engine is. */
    public String words(Stuck stuck) {
        RuleBook book = stuck.work().book();
        String time = "did not return within " + Text.duration(limit);
        return stuck.rules().isEmpty()
                ? "the engine " + time + " (" + stuck.frames() + ")"
                : stuck.rules().stream()
                        .map(rule -> "rule \"" + rule + "\" (" + book.ref(rule).place() + ")")
                        .collect(Collectors.joining(" or ", "", " " + time));
    }

    /** How often to look. */
    public Duration every() {
        Duration often = limit.dividedBy(4);
        return often.compareTo(SELDOM) < 0 ? often : SELDOM;
    }

    /** How long work may take. */
    public Duration limit() {
        return limit;
    }

    /** Looks; null unless work takes too long. Of work that is in no rule it says so once. */
    public Stuck look(Pulse pulse) {
        Pulse.Work now = pulse.now();
        if (now != work) {
            work = now;
            seen.clear();
            elsewhere = 0;
        }
        if (now == null || now.nanos(pulse.ticks()) < limit.toNanos()) {
            return null;
        }
        StackTraceElement[] stack = now.stack();
        Set<String> rules = culprits(now, stack);
        if (pulse.now() != now) {
            return null;
        }
        rules.forEach(rule -> seen.merge(rule, 1, Integer::sum));
        Set<String> found = seen.entrySet().stream()
                .filter(rule -> rule.getValue() >= LOOKS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!found.isEmpty() || rules.isEmpty() && ++elsewhere == LOOKS) {
            return new Stuck(now, found, frames(stack));
        }
        return null;
    }

    /** Facts go in for all rules that have a constraint in common; but one rule at a time is joined or fires. */
    private static Set<String> culprits(Pulse.Work now, StackTraceElement[] stack) {
        Set<String> rules = now.book().rulesOn(stack);
        String one = rules.size() > 1 ? now.rule(stack) : null;
        return one != null && rules.contains(one) ? Set.of(one) : rules;
    }

    private static String frames(StackTraceElement[] stack) {
        return Stream.of(stack)
                .limit(MOST_FRAMES)
                .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName()
                        + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : ""))
                .collect(Collectors.joining(" < "));
    }
}
