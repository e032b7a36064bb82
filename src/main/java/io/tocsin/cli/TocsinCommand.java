package io.tocsin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command of which all others are part. */
@Command(
        name = "tocsin",
        description = "Watches what nodes report, tells people what is wrong, and goes on until somebody answers.",
        footer = {
            "",
            "Each command has its own --help.",
            "Exit codes: 0 fine, 1 the answer is no, 2 wrong usage or cannot reach.",
            "Start with ./tocsin run; then open http://127.0.0.1:8626 or ask ./tocsin alerts."
        })
final class TocsinCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
