package io.tocsin.cli.scenario;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs scenario files and prints how they went: a line a case, the time line of those that failed, one line at the end. */
public final class ScenarioReport {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int CANNOT = 2;

    private final Terminal terminal;
    private final Parts.Look look;
    private final JsonArray results = new JsonArray();
    private int passed;
    private int failed;

    private ScenarioReport(Terminal terminal, Parts.Look look) {
        this.terminal = terminal;
        this.look = look;
    }

    /**
     * Runs them.
     *
     * @param paths scenario files or folders
     * @param rules the rules folder; null for {@code rules}, or the folder given
     * @return the exit code
     */
    public static int run(List<Path> paths, Path rules, Terminal terminal, Parts.Look look) throws IOException {
        Path folder = rules != null ? rules : rulesFolder(paths);
        try (RuleBook book = RuleBook.load(folder)) {
            return new ScenarioReport(terminal, look).run(files(paths), new ScenarioRunner(book), book);
        } catch (RuleProblems problems) {
            problems.problems().forEach(problem -> terminal.err().println(folder + "/" + problem));
            return CANNOT;
        }
    }

    /** The rules that scenarios stand beside: the nearest folder above them that is called rules, else {@code rules}. */
    private static Path rulesFolder(List<Path> paths) {
        for (Path path = paths.get(0).toAbsolutePath().normalize(); path != null; path = path.getParent()) {
            if (path.getFileName() != null
                    && path.getFileName().toString().equals("rules")
                    && Files.isDirectory(path)) {
                return path;
            }
        }
        boolean folder = paths.size() == 1 && Files.isDirectory(paths.get(0));
        return folder && !Files.isDirectory(Path.of("rules")) ? paths.get(0) : Path.of("rules");
    }

    private static List<Path> files(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> walk = Files.walk(path)) {
                    walk.filter(file -> file.toString().endsWith(".scenario.yaml"))
                            .sorted()
                            .forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private int run(List<Path> files, ScenarioRunner runner, RuleBook book) {
        long began = System.nanoTime();
        for (Path file : files) {
            try {
                runner.run(ScenarioReader.read(file)).forEach(this::print);
            } catch (ScenarioFault fault) {
                failed++;
                terminal.out().println(paint("31", "✗ ") + fault.getMessage());
                results.add(new JsonObject()
                        .put("file", file.toString())
                        .put("passed", false)
                        .put("failures", new JsonArray().add(fault.getMessage())));
            }
        }
        double seconds = Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        if (look.json()) {
            terminal.out()
                    .println(new JsonObject()
                            .put("passed", passed)
                            .put("failed", failed)
                            .put("cases", results)
                            .encodePrettily());
        } else {
            summary(files.size(), seconds, runner, book);
        }
        if (files.isEmpty()) {
            terminal.err().println("no file ends in .scenario.yaml");
            return FAILED;
        }
        return failed == 0 ? PASSED : FAILED;
    }

    private void print(ScenarioRunner.Outcome outcome) {
        if (outcome.passed()) {
            passed++;
        } else {
            failed++;
        }
        results.add(new JsonObject()
                .put("file", outcome.file())
                .put("name", outcome.name())
                .put("passed", outcome.passed())
                .put("failures", new JsonArray(new ArrayList<>(outcome.failures()))));
        if (look.json() || look.quiet() && outcome.passed()) {
            return;
        }
        String mark = outcome.passed() ? paint("32", "✓") : paint("31", "✗");
        terminal.out().println(mark + " " + paint("2", outcome.file()) + "  " + outcome.name());
        if (!outcome.passed()) {
            outcome.failures().forEach(failure -> terminal.out().println("    " + paint("31", failure)));
            terminal.out().println("    what happened:");
            outcome.timeline().forEach(line -> terminal.out().println("    " + line));
        }
    }

    private void summary(int files, double seconds, ScenarioRunner runner, RuleBook book) {
        List<String> silent = book.rules().stream()
                .map(rule -> rule.ref().name())
                .filter(name -> !runner.fired().containsKey(name))
                .toList();
        if (!silent.isEmpty() && files > 1) {
            terminal.err().println("rules that no case ran: " + String.join(", ", silent));
        }
        Duration simulated = runner.simulated();
        String total = String.format(
                Locale.ROOT,
                "%d passed, %d failed (%d files, %.0f simulated hours in %.1f s)",
                passed,
                failed,
                files,
                simulated.toMinutes() / 60.0,
                seconds);
        terminal.out().println(paint(failed == 0 ? "32" : "31", total));
    }

    private String paint(String code, String text) {
        return look.colour() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
