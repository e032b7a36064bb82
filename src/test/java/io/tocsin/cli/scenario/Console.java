package io.tocsin.cli.scenario;

import io.tocsin.cli.Paper;
import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A terminal whose output is caught, to run the command {@code test} on. */
final class Console {
    private final Paper paper = new Paper();
    private final boolean onTerminal;

    Console() {
        this(false);
    }

    Console(boolean onTerminal) {
        this.onTerminal = onTerminal;
    }

    static Parts.Wanted wanted(Path rules, Path... paths) {
        return new Parts.Wanted(
                paths.length == 0 ? List.of(rules) : List.of(paths), rules, List.of(), null, false, false);
    }

    static Parts.Wanted cases(Path rules, String... words) {
        return new Parts.Wanted(List.of(rules), rules, List.of(words), null, false, false);
    }

    int run(Parts.Wanted wanted) throws Exception {
        return ScenarioTests.run(wanted, terminal(), new Parts.Look(false, false, false));
    }

    int run(Parts.Wanted wanted, Parts.Look look) throws Exception {
        return ScenarioTests.run(wanted, terminal(), look);
    }

    Terminal terminal() {
        return paper.terminal(
                Map.of(), onTerminal, 120, Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC));
    }

    String out() {
        return paper.out();
    }

    String err() {
        return paper.err();
    }

    String lastLine() {
        List<String> lines = out().lines().toList();
        return lines.get(lines.size() - 1);
    }
}
