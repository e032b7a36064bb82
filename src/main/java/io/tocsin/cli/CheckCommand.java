package io.tocsin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.model.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks configuration and rules without running them. */
@Command(
        name = "check",
        description = {
            "Checks configuration and rules: every problem as file:line:column: what; hint.",
            "Exits with 1 if there is an error; warnings are printed only."
        })
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Parts.Rules rules;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description =
                    "A folder of rules, a project with rules/ and config/, or one rule file: then all are read and"
                            + " its own problems told. Default: the working directory.")
    private Path folder;

    @Option(names = "--show", description = "Also prints the configuration in force, secrets as ***.")
    private boolean show;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private Output output;

    CheckCommand(Terminal terminal, Parts.Rules rules) {
        this.terminal = terminal;
        this.rules = rules;
    }

    @Override
    public Integer call() throws Exception {
        boolean file = folder != null && Files.isRegularFile(folder);
        if (folder != null && !file && !Files.isDirectory(folder)) {
            throw Exit.cannot(Text.clean(folder.toString()) + ": there is no such file or folder");
        }
        Path project = !file && folder != null && Files.isDirectory(folder.resolve("rules")) ? folder : null;
        Path place = file ? RulesFolder.above(folder) : folder;
        Path given = config.rules() != null ? config.rules() : project == null ? place : null;
        CheckRun run = new CheckRun(config.file(project), rules);
        run.config(() -> config.load(terminal, project, given, null));
        Path path = given != null ? given : run.rulesPath();
        run.rules(project != null && given == null ? project.resolve(path) : path);
        if (file) {
            run.only(folder.toAbsolutePath().normalize());
        }
        if (output.json()) {
            terminal.out().println(Json.pretty(document(run)));
        } else {
            print(run);
        }
        return run.errors() == 0 ? 0 : Exit.NO;
    }

    private void print(CheckRun run) {
        Paint paint = output.paint(terminal);
        if (show && !output.quiet()) {
            run.values()
                    .forEach(value -> terminal.out()
                            .println(value.key() + " = " + Text.clean(value.shown())
                                    + paint.faint("  # " + value.from())));
        }
        FoundText text = new FoundText(paint, terminal.outIsTerminal());
        run.found().forEach(found -> text.lines(found).forEach(terminal.out()::println));
        if (!output.quiet()) {
            int warnings = run.found().size() - run.errors();
            terminal.err()
                    .println(run.summary() + ": " + count(run.errors(), "error") + ", " + count(warnings, "warning"));
        }
    }

    private ObjectNode document(CheckRun run) {
        ObjectNode document = Json.object();
        document.put("errors", run.errors()).put("warnings", run.found().size() - run.errors());
        var problems = document.putArray("problems");
        for (Parts.Found found : run.found()) {
            problems.addObject()
                    .put("file", found.file())
                    .put("line", found.line())
                    .put("column", found.column())
                    .put("what", found.what())
                    .put("hint", found.hint())
                    .put("severity", found.warning() ? "warning" : "error")
                    .put("warning", found.warning());
        }
        if (show) {
            ObjectNode values = document.putObject("config");
            run.values().forEach(value -> values.put(value.key(), value.shown()));
        }
        return document;
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
