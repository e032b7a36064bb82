package io.tocsin.cli;

import io.tocsin.config.ConfigProblems;
import io.tocsin.config.Loaded;
import io.tocsin.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the appliance. */
@Command(
        name = "run",
        description = {
            "Runs the appliance until Ctrl-C.",
            "With -o json its log is JSON. Exits with 2 if it cannot start."
        })
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Parts.Appliance appliance;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for everything written; the default store lies in it. Default: data.")
    private Path data;

    @Mixin
    private Output output;

    RunCommand(Terminal terminal, Parts.Appliance appliance) {
        this.terminal = terminal;
        this.appliance = appliance;
    }

    @Override
    public Integer call() throws Exception {
        Loaded loaded;
        try {
            loaded = config.load(terminal, null, config.rules(), data);
        } catch (ConfigProblems problems) {
            problems.problems().forEach(terminal.err()::println);
            int count = problems.problems().size();
            throw Exit.cannot(
                    "not started: " + (count == 1 ? "1 mistake" : count + " mistakes") + " in the configuration");
        }
        List<String> warnings =
                loaded.warnings().stream().map(Problem::toString).toList();
        return appliance.run(loaded.settings(), warnings, output.look(terminal));
    }
}
