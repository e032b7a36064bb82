package io.tocsin.cli.scenario;

import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleTree;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays the scenarios beside rules that are about to be taken, for a bounded time. */
public final class ScenarioProof {
    private static final String ENDING = ".scenario.yaml";
    private static final Pattern PLACE = Pattern.compile("^(.*?):(\\d+):(\\d+): (.*)$", Pattern.DOTALL);

    private final Path folder;
    private final ScenarioRunner runner;
    private final List<Problem> problems = new ArrayList<>();
    private int cases;
    private int leftOut;

    private ScenarioProof(RuleBook book, Path folder, CaseThreads threads) {
        this.folder = folder;
        this.runner = new ScenarioRunner(book, threads);
    }

    /**
     * How it went.
     *
     * @param problems cases that failed and files that are no scenarios
     * @param cases how many cases were played
     * @param leftOut how many files were not played as the time was over
     */
    public record Result(List<Problem> problems, int cases, int leftOut) {}

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
        RuleTree tree = RuleTree.of(folder, ENDING);
        proof.problems.addAll(tree.problems());
        tree.files().forEach((name, file) -> {
            if (System.nanoTime() - end < 0) {
                proof.play(name, file);
            } else {
                proof.leftOut++;
            }
        });
        return new Result(List.copyOf(proof.problems), proof.cases, proof.leftOut);
    }

    private void missing(RuleBook book) {
        book.rules().stream().map(rule -> rule.ref().file()).distinct().forEach(file -> {
            String scenario = file.replaceAll("\\.[a-z]+$", ENDING);
            if (!Files.exists(folder.resolve(scenario))) {
                String hint = "write " + scenario + " with a case that fires and one that stays silent";
                problems.add(new Problem(file, 1, 1, "has no scenario file", hint, false));
            }
        });
    }

    private void play(String name, Path file) {
        try {
            for (ScenarioRunner.Outcome outcome : runner.run(ScenarioReader.read(file))) {
                cases++;
                if (!outcome.passed()) {
                    int more = outcome.failures().size() - 1;
                    String what = "case \"" + Text.clean(outcome.name()) + "\": "
                            + Text.clean(Text.cut(outcome.failures().get(0), 300))
                            + (more > 0 ? " (and " + more + " more)" : "");
                    problems.add(new Problem(name, line(file, outcome.name()), 1, what, "", false));
                }
            }
        } catch (ScenarioFault fault) {
            problems.add(unreadable(name, file, fault.getMessage()));
        }
    }

    private static Problem unreadable(String name, Path file, String message) {
        String said = message.startsWith(file + ": ")
                ? message.substring(file.toString().length() + 2)
                : message;
        Matcher place = PLACE.matcher(said);
        return place.matches()
                ? new Problem(
                        name,
                        Integer.parseInt(place.group(2)),
                        Integer.parseInt(place.group(3)),
                        place.group(4),
                        "",
                        false)
                : new Problem(name, 1, 1, said, "", false);
    }

    /** Where a case stands, as far as its name shows. */
    private static int line(Path file, String name) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("name:") && lines.get(i).contains(name)) {
                    return i + 1;
                }
            }
        } catch (IOException gone) {
            return 1;
        }
        return 1;
    }
}
