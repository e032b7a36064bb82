package io.tocsin;

import io.tocsin.cli.Cli;
import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.cli.bench.EngineBench;
import io.tocsin.cli.bench.cluster.ClusterBench;
import io.tocsin.cli.replay.Replay;
import io.tocsin.cli.rules.RuleCheck;
import io.tocsin.cli.scenario.ScenarioTests;

/** Where the process begins: hands the command line what starts the rest. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        // lambdas: what a command does not need is not even loaded, so that help and client commands are quick
        Parts parts = new Parts(
                (settings, warnings, look) -> Running.run(settings, warnings, look),
                folder -> RuleCheck.check(folder),
                (wanted, terminal, look) -> ScenarioTests.run(wanted, terminal, look),
                (seconds, series, terminal, look) -> EngineBench.run(seconds, series, terminal, look),
                (past, terminal, look) -> Replay.run(past, terminal, look),
                (plan, terminal, look) -> ClusterBench.run(plan, BenchDatabase::make, terminal, look),
                folder -> RuleCheck.list(folder),
                () -> new AccountEditor());
        System.exit(Cli.run(args, Terminal.system(), parts));
    }
}
