package io.tocsin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the engine. */
@Command(
        name = "engine",
        description =
                "Measures readings a second on one lane: the whole session, the bare rule engine and a plain loop.")
final class BenchEngineCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_SERIES = 10_000_000;

    private final Terminal terminal;
    private final Parts.Engine engine;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long each measurement takes. Default: 5.")
    private int seconds;

    @Option(
            names = "--series",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many series. Default: 10000.")
    private int series;

    @Mixin
    private Output output;

    BenchEngineCommand(Terminal terminal, Parts.Engine engine) {
        this.terminal = terminal;
        this.engine = engine;
    }

    @Override
    public Integer call() throws Exception {
        within("--seconds", seconds, MOST_SECONDS);
        within("--series", series, MOST_SERIES);
        return engine.run(seconds, series, terminal, output.look(terminal));
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw Exit.cannot(option + " " + value + ": allowed: 1 to " + most);
        }
    }
}
