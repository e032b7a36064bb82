package io.tocsin.cli.scenario;

import io.tocsin.cli.Paint;
import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.Problem;
import java.util.List;
import java.util.Locale;

/** Prints how cases went: a line a file, the time line of those that failed, one line at the end. */
final class PlayedText {
    /** Below it a rate says how long the first case took to start. */
    private static final double LONG_ENOUGH_HOURS = 10;

    private final Terminal terminal;
    private final Paint paint;
    private final boolean quiet;
    private final boolean everyCase;
    private final boolean verbose;
    private String file;
    private int passed;

    /**
     * A printer for one run.
     *
     * @param everyCase whether each case has a line of its own
     * @param verbose whether the time line of cases that passed is printed too
     */
    PlayedText(Terminal terminal, Parts.Look look, boolean everyCase, boolean verbose) {
        this.terminal = terminal;
        this.paint = new Paint(look.colour());
        this.quiet = look.quiet();
        this.everyCase = everyCase || verbose;
        this.verbose = verbose;
    }

    void print(ScenarioRunner.Outcome outcome) {
        if (!outcome.file().equals(file)) {
            endOfFile();
            file = outcome.file();
        }
        if (!outcome.passed()) {
            line(paint.red("✗ ") + outcome.file() + ":" + outcome.line() + "  " + paint.bold(outcome.name()));
            timeline(outcome);
            return;
        }
        passed++;
        if (everyCase && !quiet) {
            line(paint.green("✓ ") + paint.faint(outcome.file() + ":" + outcome.line()) + "  " + outcome.name());
            if (verbose) {
                timeline(outcome);
            }
        }
    }

    private void timeline(ScenarioRunner.Outcome outcome) {
        new CaseText(paint, terminal.width()).lines(outcome).forEach(this::line);
        line("");
    }

    private void endOfFile() {
        if (file != null && passed > 0 && !everyCase && !quiet) {
            line(paint.green("✓ ") + file + paint.faint("  " + passed + (passed == 1 ? " case" : " cases")));
        }
        file = null;
        passed = 0;
    }

    /** What could not be read. */
    void problems(List<Problem> problems) {
        endOfFile();
        for (Problem problem : problems) {
            line(paint.red("✗ ") + problem.file() + ":" + problem.line() + ":" + problem.column() + ": "
                    + paint.red(problem.what() + (problem.hint().isEmpty() ? "" : "; " + problem.hint())));
        }
    }

    void summary(Played played) {
        endOfFile();
        Coverage coverage = played.coverage();
        if (coverage != null && !coverage.silent().isEmpty()) {
            line(paint.amber("rules that no scenario fired:"));
            coverage.silent()
                    .forEach(rule -> line("  " + paint.faint(rule.ref().place()) + "  "
                            + rule.ref().name()));
        }
        String counts = played.passed() + " passed, " + played.failed() + " failed";
        String details = String.format(
                Locale.ROOT,
                " (%d %s%s, %.1f simulated hours in %.2f s%s)",
                played.files(),
                played.files() == 1 ? "file" : "files",
                coverage == null ? "" : ", " + coverage.fired() + " of " + coverage.rules() + " rules fired",
                played.hours(),
                played.seconds(),
                played.hours() < LONG_ENOUGH_HOURS ? "" : String.format(Locale.ROOT, ", %.0f a second", played.rate()));
        line((played.failed() == 0 ? paint.green(counts) : paint.red(counts)) + details);
    }

    private void line(String text) {
        terminal.out().println(text);
    }
}
