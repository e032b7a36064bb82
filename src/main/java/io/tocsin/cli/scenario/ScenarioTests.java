package io.tocsin.cli.scenario;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The command {@code test}: compiles the rules once, plays what was asked for, prints how it went. */
public final class ScenarioTests {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int CANNOT = 2;

    private final Parts.Wanted wanted;
    private final Path folder;
    private final Terminal terminal;
    private final Parts.Look look;

    ScenarioTests(Parts.Wanted wanted, Terminal terminal, Parts.Look look) {
        this.wanted = wanted;
        this.folder = wanted.rules() != null ? wanted.rules() : Selection.rulesFolder(wanted.paths());
        this.terminal = terminal;
        this.look = look;
    }

    /**
     * Runs them, once or until Ctrl-C.
     *
     * @return the exit code: 1 if a case failed, a file has a mistake or there was nothing to run
     */
    public static int run(Parts.Wanted wanted, Terminal terminal, Parts.Look look) throws Exception {
        ScenarioTests tests = new ScenarioTests(wanted, terminal, look);
        return wanted.watch() ? new ScenarioWatch(tests, wanted, terminal).run() : tests.once();
    }

    private int once() throws IOException, InterruptedException {
        CompletableFuture<Selection> reading = CompletableFuture.supplyAsync(this::selection);
        try (RuleBook book = RuleBook.load(folder)) {
            ScenarioRunner runner = new ScenarioRunner(book);
            runner.warmUp();
            return play(book, runner, reading.get(), true);
        } catch (RuleProblems problems) {
            return broken(problems);
        } catch (ExecutionException fault) {
            terminal.err().println("tocsin: " + Text.clean(fault.getCause().getMessage()));
            return CANNOT;
        }
    }

    private Selection selection() {
        try {
            return Selection.read(wanted.paths(), wanted.cases());
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException("cannot be read: " + fault.getMessage(), fault);
        }
    }

    /** Where the rules stand. */
    Path folder() {
        return folder;
    }

    /** Says what is wrong with the rules; nothing was played. */
    int broken(RuleProblems problems) {
        if (look.json()) {
            JsonArray json = new JsonArray();
            for (Problem problem : problems.problems()) {
                json.addAll(PlayedJson.problems(List.of(problem)));
                json.getJsonObject(json.size() - 1)
                        .put("file", folder.resolve(problem.file()).toString());
            }
            terminal.out()
                    .println(new JsonObject()
                            .put("passed", 0)
                            .put("failed", 0)
                            .put("cases", new JsonArray())
                            .put("problems", json)
                            .encodePrettily());
        } else {
            problems.problems().forEach(problem -> terminal.out().println(Text.clean(folder + "/" + problem)));
        }
        terminal.err().println("tocsin: the rules do not compile, so no scenario was run");
        return FAILED;
    }

    /**
     * Plays a selection and prints how it went.
     *
     * @param all whether it is all that was asked for, so that the rules it fired can be told
     * @return the exit code
     */
    int play(RuleBook book, ScenarioRunner runner, Selection selection, boolean all)
            throws IOException, InterruptedException {
        PlayedText text = new PlayedText(terminal, look, selection.files() == 1, wanted.verbose());
        long began = System.nanoTime();
        List<ScenarioRunner.Outcome> outcomes = Players.play(runner, selection.scenarios(), outcome -> {
            if (!look.json()) {
                text.print(outcome);
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Coverage coverage = Coverage.of(book, selection, all && whole(), outcomes);
        Played played = new Played(outcomes, selection.problems(), selection.files(), coverage, took);
        if (look.json()) {
            terminal.out().println(PlayedJson.of(played).encodePrettily());
        } else {
            text.problems(played.problems());
            text.summary(played);
        }
        if (wanted.junit() != null && !junit(played)) {
            return CANNOT;
        }
        if (selection.nothing() != null) {
            terminal.err().println("tocsin: " + selection.nothing());
            return FAILED;
        }
        return played.failed() == 0 ? PASSED : FAILED;
    }

    /** Whether every scenario of the rules folder is among those that were asked for. */
    private boolean whole() throws IOException {
        Set<Path> mine = absolute(Selection.files(wanted.paths()));
        return Files.isDirectory(folder) && mine.containsAll(absolute(Selection.files(List.of(folder))));
    }

    private static Set<Path> absolute(Set<Path> paths) {
        return paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .collect(java.util.stream.Collectors.toSet());
    }

    private boolean junit(Played played) {
        try {
            new JunitXml(terminal.clock().instant()).write(wanted.junit(), played);
            return true;
        } catch (IOException fault) {
            terminal.err()
                    .println("tocsin: --junit " + Text.clean(wanted.junit().toString()) + ": cannot be written: "
                            + Text.clean(fault.getMessage()));
            return false;
        }
    }
}
