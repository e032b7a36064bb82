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
            "Runs scenarios: prints expected and got on a time line.",
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
        return scenarios.run(wanted, rules, terminal, output.look(terminal));
    }
}
