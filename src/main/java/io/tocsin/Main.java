package io.tocsin;

import io.tocsin.cli.Cli;
import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;

/** Where the process begins: hands the command line what starts the rest. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        // lambdas: what a command does not need is not even loaded, so that help and client commands are quick
        Parts parts = new Parts(
                (settings, warnings, look) -> {
                    throw new UnsupportedOperationException("run");
                },
                folder -> {
                    throw new UnsupportedOperationException("check");
                },
                (paths, rules, terminal, look) -> {
                    throw new UnsupportedOperationException("test");
                },
                (seconds, series, terminal, look) -> {
                    throw new UnsupportedOperationException("bench engine");
                });
        System.exit(Cli.run(args, Terminal.system(), parts));
    }
}
