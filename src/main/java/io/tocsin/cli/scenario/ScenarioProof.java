package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleTree;
import io.tocsin.model.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Plays the scenarios beside rules that are about to be taken, for a bounded time. */
public final class ScenarioProof {
    private final Path folder;
    private final ScenarioRunner runner;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Case> played = new ArrayList<>();
    private int leftOut;

    private ScenarioProof(RuleBook book, Path folder, CaseThreads threads) {
        this.folder = folder;
        this.runner = new ScenarioRunner(book, threads);
    }

    /**
     * How it went.
     *
     * @param problems cases that failed and files that are no scenarios
     * @param played the cases that were played
     * @param leftOut how many files were not played as the time was over
     */
    public record Result(List<Problem> problems, List<Case> played, int leftOut) {}

    /**
     * A case that was played.
     *
     * @param file its file below the folder
     * @param name what it is called
     * @param line where it begins
     * @param passed whether all that it expects came true
     */
    public record Case(String file, String name, int line, boolean passed) {}

    /**
     * Plays them. Blocks.
     *
     * @param most after how long the files that are left are left out
     * @param threads what cases are played on
     */
    public static Result run(RuleBook book, Path folder, Duration most, CaseThreads threads) {
        ScenarioProof proof = new ScenarioProof(book, folder, threads);
        proof.missing(book);
        long end = System.nanoTime() + most.toNanos();
        RuleTree tree = RuleTree.of(folder, ScenarioFile.ENDING);
        proof.problems.addAll(tree.problems());
        tree.files().forEach((name, file) -> {
            if (System.nanoTime() - end < 0) {
                proof.play(name, file);
            } else {
                proof.leftOut++;
            }
        });
        return new Result(List.copyOf(proof.problems), List.copyOf(proof.played), proof.leftOut);
    }

    private void missing(RuleBook book) {
        book.rules().stream()
                .map(rule -> rule.ref().file())
                .distinct()
                .map(file -> ScenarioFile.missing(folder, file))
                .filter(Objects::nonNull)
                .forEach(problems::add);
    }

    private void play(String name, Path file) {
        try {
            for (ScenarioRunner.Outcome outcome : runner.run(ScenarioReader.read(file))) {
                played.add(new Case(name, Text.clean(outcome.name()), outcome.line(), outcome.passed()));
                if (!outcome.passed()) {
                    int more = outcome.failures().size() - 1;
                    String what = "case \"" + Text.clean(outcome.name()) + "\": "
                            + Text.clean(Text.cut(outcome.failures().get(0), 300))
                            + (more > 0 ? " (and " + more + " more)" : "");
                    problems.add(new Problem(name, outcome.line(), 1, what, "", false));
                }
            }
        } catch (ScenarioFault fault) {
            fault.problems().forEach(one -> problems.add(below(name, one)));
        }
    }

    /** The same problem of the file as it is named below the folder. */
    private static Problem below(String name, Problem problem) {
        return new Problem(
                name,
                Math.max(1, problem.line()),
                Math.max(1, problem.column()),
                problem.what(),
                problem.hint(),
                problem.warning());
    }
}
