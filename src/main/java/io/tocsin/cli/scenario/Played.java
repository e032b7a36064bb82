package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import java.time.Duration;
import java.util.List;

/**
 * How a run of scenarios went.
 *
 * @param outcomes of every case, in the order of the files
 * @param problems mistakes in files that could not be played
 * @param files how many files were looked at
 * @param coverage which rules fired; null if only some cases were played
 * @param took how long all cases took together, without the time to compile the rules
 */
record Played(
        List<ScenarioRunner.Outcome> outcomes, List<Problem> problems, int files, Coverage coverage, Duration took) {
    long passed() {
        return outcomes.stream().filter(ScenarioRunner.Outcome::passed).count();
    }

    /** Cases that went otherwise than expected, and files that could not be played. */
    long failed() {
        return outcomes.size()
                - passed()
                + problems.stream().map(Problem::file).distinct().count();
    }

    double hours() {
        return outcomes.stream()
                        .mapToLong(outcome -> outcome.simulated().toMillis())
                        .sum()
                / 3_600_000.0;
    }

    double seconds() {
        return Math.max(1, took.toMillis()) / 1000.0;
    }

    /** Simulated hours a second. */
    double rate() {
        return hours() / seconds();
    }
}
