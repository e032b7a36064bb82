package io.tocsin.reload;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import java.time.Duration;
import java.util.List;

/**
 * What came of looking at the rules again, before any lane hears of it.
 *
 * @param book the rules, ready to be taken; null if they cannot be
 * @param problems why not
 * @param fault what kept them from being kept or looked at, which is no fault of theirs; null if nothing did
 * @param forceable whether they would be taken by force: they compile, but do not do what checks and scenarios ask
 * @param proof what was tried
 * @param took how long it took
 */
record Prepared(
        RuleBook book, List<Problem> problems, String fault, boolean forceable, Proof.Result proof, Duration took) {}
