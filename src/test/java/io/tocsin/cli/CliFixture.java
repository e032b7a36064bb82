package io.tocsin.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines as a shell does, with the streams caught. */
final class CliFixture {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Paper paper = new Paper();
    final Map<String, String> env = new HashMap<>(Map.of("USER", "alice"));
    boolean onTerminal;
    int width = 100;
    Parts.Appliance appliance = (settings, warnings, look) -> 0;
    Parts.Rules rules = folder -> new Parts.Checked(List.of(), 0, 0, List.of());
    Parts.Scenarios scenarios = (wanted, terminal, look) -> 0;
    Parts.Engine engine = (seconds, series, terminal, look) -> 0;
    Parts.Replays replays = (past, terminal, look) -> 0;
    Parts.Cluster cluster = (plan, terminal, look) -> 0;
    AccountFiles accounts;
    Parts.Catalogue catalogue = folder -> new Parts.Listed(List.of(), List.of());

    /** What a command line came to. */
    record Result(int code, String out, String err) {}

    Result run(String... args) {
        paper.clear();
        Terminal terminal = paper.terminal(env, onTerminal, width, Clock.fixed(NOW, ZoneOffset.UTC));
        int code = Cli.run(
                args,
                terminal,
                new Parts(appliance, rules, scenarios, engine, replays, cluster, catalogue, () -> accounts));
        return new Result(code, paper.out(), paper.err());
    }

    /** Runs against a fake member. */
    Result ask(FakeApi api, String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--url";
        all[args.length + 1] = api.url();
        return run(all);
    }
}
