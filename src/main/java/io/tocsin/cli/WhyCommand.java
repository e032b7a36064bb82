package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains an alert. */
@Command(
        name = "why",
        description =
                "Explains an alert: the rule and its text, the facts that matched, what happened and who was told.")
final class WhyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The alert's id, or its beginning.")
    private String id;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    WhyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ApiClient api = server.connect(terminal);
        String full = Server.id(api, id);
        if (output.quiet()) {
            terminal.out().println(full);
            return 0;
        }
        String path = "/api/v1/alerts/" + ApiClient.encode(full);
        JsonNode why = api.get(path + "/why");
        if (output.json()) {
            terminal.out().println(Json.pretty(why));
            return 0;
        }
        // the explanation holds the alert in brief, the alert's own address all of it
        JsonNode alert = api.get(path);
        new WhyText(output.paint(terminal), terminal.clock().instant())
                .lines(alert, why)
                .forEach(terminal.out()::println);
        return 0;
    }
}
