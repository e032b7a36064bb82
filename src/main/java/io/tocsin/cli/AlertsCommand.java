package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists alerts. */
@Command(
        name = "alerts",
        description = {
            "Lists alerts, newest first: all open ones, or those asked for.",
            "Exits with 1 if there are none."
        })
final class AlertsCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    private final Terminal terminal;

    @Mixin
    private Server server;

    @Mixin
    private AlertFilter filter;

    @Mixin
    private Output output;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "200", description = "At most so many. Default: 200.")
    private int limit;

    AlertsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw Exit.cannot("--limit " + limit + ": allowed: 1 to " + MOST);
        }
        List<JsonNode> alerts = Server.alerts(server.connect(terminal), filter.query(), limit);
        if (output.json()) {
            var document = Json.object();
            document.putArray("alerts").addAll(alerts);
            terminal.out().println(Json.pretty(document));
        } else if (output.quiet()) {
            alerts.forEach(alert -> terminal.out().println(Json.text(alert, "id")));
        } else if (!alerts.isEmpty()) {
            int width = terminal.outIsTerminal() ? terminal.width() : 0;
            new AlertTable(output.paint(terminal), terminal.clock().instant(), width)
                    .lines(alerts)
                    .forEach(terminal.out()::println);
        }
        if (alerts.isEmpty() && !output.quiet()) {
            terminal.err().println("no alerts");
        }
        return alerts.isEmpty() ? Exit.NO : 0;
    }
}
