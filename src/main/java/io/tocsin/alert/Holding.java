package io.tocsin.alert;

import io.tocsin.model.Because;
import io.tocsin.model.Finding;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Standing;
import io.tocsin.model.Symptom;
import io.tocsin.model.Tracking.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The findings of one key, and which of them have held for as long as their rule asks.
 *
 * @param all every finding that stands, worst first
 * @param held those that have held long enough, worst first
 * @param holds since when each (rule, severity) holds
 */
record Holding(List<Standing> all, List<Standing> held, List<Hold> holds) {
    private static final int MOST_REASONS = 8;
    private static final Comparator<Standing> WORST_FIRST = Comparator.comparing(
                    (Standing standing) -> standing.finding().severity(), Comparator.reverseOrder())
            .thenComparing(standing -> standing.finding().holdFor(), Comparator.reverseOrder())
            .thenComparing(standing -> standing.rule().name())
            .thenComparing(standing -> standing.finding().message());

    static Holding of(List<Standing> standing, List<Hold> before, Instant now, Instant blind) {
        List<Standing> all = standing.size() == 1
                ? standing
                : standing.stream().sorted(WORST_FIRST).toList();
        List<Hold> holds = new ArrayList<>(all.size());
        List<Standing> held = new ArrayList<>(all.size());
        for (Standing one : all) {
            Hold hold = find(holds, one);
            if (hold == null) {
                hold = find(before, one);
                if (hold == null) {
                    hold = new Hold(one.rule().name(), one.finding().severity(), now);
                }
                holds.add(hold);
            }
            Instant end = hold.since().plus(one.finding().holdFor());
            if (!end.isAfter(now) && (blind == null || !end.isBefore(blind))) {
                held.add(one);
            }
        }
        return new Holding(all, held, holds);
    }

    private static Hold find(List<Hold> holds, Standing standing) {
        for (Hold hold : holds) {
            if (hold.severity() == standing.finding().severity()
                    && hold.rule().equals(standing.rule().name())) {
                return hold;
            }
        }
        return null;
    }

    /** When the next hold is over; null if none runs. */
    static Instant nextHeld(List<Standing> standing, List<Hold> holds, Instant now) {
        Instant next = null;
        for (Standing one : standing) {
            Hold hold = find(holds, one);
            Instant at = hold == null ? null : hold.since().plus(one.finding().holdFor());
            if (at != null && at.isAfter(now) && (next == null || at.isBefore(next))) {
                next = at;
            }
        }
        return next;
    }

    /** Whether nothing that has held long enough is as bad as this. */
    boolean below(Severity severity) {
        return held.isEmpty() || held.get(0).finding().severity().compareTo(severity) < 0;
    }

    /** The holds, and those of reasons that got lost: should they come back, they have held all the time. */
    List<Hold> holds(List<Hold> before, List<Because> lost) {
        if (lost.isEmpty()) {
            return holds;
        }
        List<Hold> both = new ArrayList<>(holds);
        new Remains(lost)
                .holds(before).stream().filter(hold -> !both.contains(hold)).forEach(both::add);
        return both;
    }

    /**
     * The reasons, after those that got lost. Where they are too many to keep, those stay that were kept before: which
     * ones are kept does not change with every reading.
     */
    List<Because> because(List<Because> before, List<Because> lost) {
        if (lost.isEmpty() && all.size() <= MOST_REASONS) {
            return because();
        }
        List<Because> reasons = new ArrayList<>(lost.subList(0, Math.min(lost.size(), MOST_REASONS)));
        all.stream()
                .map(Standing::because)
                .sorted(Comparator.comparing(one -> before.stream().noneMatch(one::like)))
                .limit(MOST_REASONS - reasons.size())
                .sorted(Comparator.comparing(Because::severity).reversed())
                .forEach(reasons::add);
        return reasons;
    }

    private Finding worst() {
        return (held.isEmpty() ? all : held).get(0).finding();
    }

    String node() {
        return worst().node();
    }

    Map<String, String> labels() {
        return worst().labels();
    }

    Duration shortestHold() {
        return all.stream()
                .map(one -> one.finding().holdFor())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    Symptom symptom() {
        List<Standing> speaking = held.isEmpty() ? all : held;
        Finding worst = worst();
        List<RuleRef> rules = speaking.stream().map(Standing::rule).distinct().toList();
        Duration quiet = speaking.stream()
                .map(one -> one.finding().quietFor())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Symptom(
                worst.severity(),
                worst.message(),
                worst.value(),
                worst.limit(),
                worst.limitType(),
                worst.context(),
                quiet,
                worst.runbook(),
                rules);
    }

    List<Because> because() {
        return all.stream().limit(MOST_REASONS).map(Standing::because).toList();
    }
}
