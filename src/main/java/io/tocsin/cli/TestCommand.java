package io.tocsin.cli;

import io.tocsin.model.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the scenarios of the rules. */
@Command(
        name = "test",
        description = {
            "Runs scenarios on their own clock: prints expected and got on a time line, and why.",
            "Exits with 1 if one does not do as expected."
        })
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Parts.Scenarios scenarios;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Scenario files, or folders with some. Default: the rules folder.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--rules", paramLabel = "DIR", description = "Folder with the rules. Default: rules.")
    private Path rules;

    @Option(
            names = "--case",
            paramLabel = "TEXT",
            description = "Only cases with this in their name; may be given several times.")
    private List<String> cases = new ArrayList<>();

    @Option(
            names = {"-w", "--watch"},
            description = "Runs again what changed whenever a rule or scenario file is saved, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Also writes JUnit XML there; into a folder one file a scenario file.")
    private Path junit;

    @Option(
            names = {"-v", "--verbose"},
            description = "Prints the time line of every case, not only of those that fail.")
    private boolean verbose;

    @Mixin
    private Output output;

    TestCommand(Terminal terminal, Parts.Scenarios scenarios) {
        this.terminal = terminal;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() throws Exception {
        List<Path> wanted = paths.isEmpty() ? List.of(rules == null ? Path.of("rules") : rules) : paths;
        for (Path path : wanted) {
            if (!Files.exists(path)) {
                throw Exit.cannot(Text.clean(path.toString()) + ": there is no such file or folder");
            }
        }
        if (rules != null && !Files.isDirectory(rules)) {
            throw Exit.cannot("--rules " + Text.clean(rules.toString()) + ": there is no such folder");
        }
        if (watch && output.json()) {
            throw Exit.cannot("--watch prints for people; leave -o json out, or --watch");
        }
        return scenarios.run(
                new Parts.Wanted(wanted, rules, cases, junit, watch, verbose), terminal, output.look(terminal));
    }
}
