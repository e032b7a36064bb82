package io.tocsin.lane;

import io.tocsin.evaluate.Lookup;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.Life;
import io.tocsin.model.Reading;
import io.tocsin.model.Source;
import io.tocsin.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The reasons of alerts that no rule gives any more although nothing speaks against them: a reading got lost, a watch began
 * anew. Each is kept until something is heard of all that is missing of it. So an alert on several series ends when there is
 * evidence about every one of them, at whatever time each of them speaks.
 *
 * @param book the rules in force
 * @param edited rules that read otherwise since the last change of rules, or are gone; null if there was none
 * @param quarantined rules out of force, whose silence says nothing
 * @param lookup what is known of series and sources
 * @param staleAfter after how long nobody waits any longer
 */
record Lost(RuleBook book, Set<String> edited, Set<String> quarantined, Lookup lookup, Duration staleAfter) {

    /** What an alert is kept open by, now that these findings stand; each with when it got lost. */
    List<Because> of(Life life, List<Standing> standing, Cause cause, Instant now) {
        if (life.tracking().clearSince() != null) {
            return List.of();
        }
        List<Because> lost = null;
        for (Because because : life.because()) {
            Because kept = because.lostAt() == null
                    ? fell(because, standing, cause, now)
                    : missing(because, standing, cause, now);
            if (kept != null) {
                lost = lost == null ? new ArrayList<>() : lost;
                lost.add(kept);
            }
        }
        return lost == null ? List.of() : lost;
    }

    /** Whether nobody waits any longer for something that an alert stood on. */
    boolean gaveUp(Life life, Instant now) {
        return life.because().stream()
                .anyMatch(because -> because.facts().stream().anyMatch(fact -> gone(fact, because, now)));
    }

    /** What an alert waits to hear of. */
    static List<Because> under(Life life) {
        return life.because().stream()
                .filter(because -> because.lostAt() != null)
                .toList();
    }

    /** What is lost of a reason that stood until now; null if nothing: it stands, or something speaks against it. */
    private Because fell(Because because, List<Standing> standing, Cause cause, Instant now) {
        if (stands(because, standing)) {
            return null;
        }
        if (quarantined.contains(because.rule().name())) {
            return because.lost(now, without(because, fact -> covered(fact, because, standing)));
        }
        if (cause == Cause.RULES || book.rule(because.rule().name()) == null) {
            return null;
        }
        boolean read = cause == Cause.READING;
        if (!onSeries(because)) {
            return read ? null : because.lost(now, because.facts());
        }
        if (read && because.facts().stream().anyMatch(this::fresh)) {
            return null;
        }
        boolean known = because.omitted() == 0;
        return rest(
                because,
                now,
                fact -> covered(fact, because, standing) || known && fresh(fact) || gone(fact, because, now));
    }

    /** What is still lost of a reason that was; null if it stands again, or all that was missing was heard of. */
    private Because missing(Because because, List<Standing> standing, Cause cause, Instant now) {
        if (stands(because, standing)) {
            return null;
        }
        String rule = because.rule().name();
        if (quarantined.contains(rule)) {
            return because;
        }
        boolean other = edited == null || edited.contains(rule);
        if (book.rule(rule) == null || cause == Cause.RULES && other && Reasons.shownAgain(because)) {
            return null;
        }
        if (!onSeries(because)) {
            return heardOfSource(because, cause) || late(because.lostAt(), now) ? null : because;
        }
        return rest(
                because,
                because.lostAt(),
                fact -> covered(fact, because, standing)
                        || lookup.heard(fact, because.lostAt())
                        || gone(fact, because, now));
    }

    /** A reason on no series: heard of with one of its sources or, where it names none, with any reading. */
    private boolean heardOfSource(Because because, Cause cause) {
        boolean named = because.facts().stream().anyMatch(Source.class::isInstance);
        return named
                ? because.facts().stream()
                        .anyMatch(fact -> fact instanceof Source && lookup.heard(fact, because.lostAt()))
                : cause == Cause.READING;
    }

    /** The reason as far as its series are not settled; null if all are. */
    private static Because rest(Because because, Instant at, Predicate<Object> settled) {
        Because rest = because.lost(at, without(because, settled));
        return onSeries(rest) ? rest : null;
    }

    private static List<Object> without(Because because, Predicate<Object> settled) {
        return because.facts().stream()
                .filter(fact -> Because.series(fact) == null || !settled.test(fact))
                .toList();
    }

    private static boolean onSeries(Because because) {
        return because.facts().stream().anyMatch(fact -> Because.series(fact) != null);
    }

    private static boolean stands(Because because, List<Standing> standing) {
        return onSeries(because)
                ? because.facts().stream()
                        .allMatch(fact -> Because.series(fact) == null || covered(fact, because, standing))
                : standing.stream()
                        .anyMatch(one -> atLeast(one, because)
                                && one.rule().name().equals(because.rule().name()));
    }

    /** Whether something stands on the series of a fact that is as bad as the reason, or worse. */
    private static boolean covered(Object fact, Because because, List<Standing> standing) {
        String series = Because.series(fact);
        return series != null
                && standing.stream()
                        .anyMatch(one -> atLeast(one, because)
                                && one.facts().stream().anyMatch(other -> series.equals(Because.series(other))));
    }

    private static boolean atLeast(Standing one, Because because) {
        return one.finding().severity().compareTo(because.severity()) >= 0;
    }

    private boolean fresh(Object fact) {
        String series = Because.series(fact);
        return series != null && lookup.fresh(series);
    }

    private boolean gone(Object fact, Because because, Instant now) {
        String series = Because.series(fact);
        if (series == null || lookup.holds(series)) {
            return false;
        }
        return fact instanceof Reading reading
                ? late(reading.receivedAt(), now)
                : because.lostAt() != null && late(because.lostAt(), now);
    }

    private boolean late(Instant since, Instant now) {
        return !since.plus(staleAfter).isAfter(now);
    }
}
