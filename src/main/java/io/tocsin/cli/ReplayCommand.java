package io.tocsin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays a past through rules. */
@Command(
        name = "replay",
        description = {
            "Plays what was recorded through a rule set, or through two, and says what",
            "would have differed: alerts, escalations, notifications, minutes of noise."
        },
        footer = {
            "",
            "FILE is told by what is in it:",
            "  a recording, written while telemetry.record is true, or a folder of them",
            "  CSV whose first line names columns: timestamp, type, node and other fields",
            "  the JSON that Prometheus answers to /api/v1/query_range",
            "",
            "./tocsin replay --rules rules.new --against rules data/recordings"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Parts.Replays replays;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to replay.")
    private List<Path> files;

    @Option(names = "--rules", required = true, paramLabel = "DIR", description = "Folder with the rules in question.")
    private Path rules;

    @Option(names = "--against", paramLabel = "DIR", description = "Folder with the rules to compare them against.")
    private Path against;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes a report with a time line, to be looked at in a browser.")
    private Path html;

    @Mixin
    private Output output;

    ReplayCommand(Terminal terminal, Parts.Replays replays) {
        this.terminal = terminal;
        this.replays = replays;
    }

    @Override
    public Integer call() throws Exception {
        folder("--rules", rules);
        folder("--against", against);
        if (html != null
                && (Files.isDirectory(html)
                        || !Files.isDirectory(html.toAbsolutePath().getParent()))) {
            throw Exit.cannot("--html " + html + ": expected the name of a file in a folder that is there");
        }
        return replays.run(new Parts.Past(files, rules, against, html), terminal, output.look(terminal));
    }

    private static void folder(String option, Path path) {
        if (path != null && !Files.isDirectory(path)) {
            throw Exit.cannot(option + " " + path + ": there is no such folder");
        }
    }
}
