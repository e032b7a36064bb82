package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains why a rule says nothing. */
@Command(
        name = "why-not",
        description = {
            "Explains why a rule says nothing of a node: which of its constraints hold, which do not and by how much.",
            "Exit code 1 if there is no such rule, or nothing was ever heard of the node."
        })
final class WhyNotCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RULE", description = "The rule's name, a part of it that no other has, or file:line.")
    private String rule;

    @Option(
            names = {"-n", "--node"},
            paramLabel = "N",
            description = "The node that it is silent about. Default: any.")
    private String node;

    @Option(
            names = "--cluster",
            paramLabel = "C",
            description = "The monitored cluster. Default: the only one, else \"default\".")
    private String cluster;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    WhyNotCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String query = (node == null ? "" : "&node=" + ApiClient.encode(node))
                + (cluster == null ? "" : "&cluster=" + ApiClient.encode(cluster));
        JsonNode answer = server.connect(terminal)
                .get("/api/v1/rules/" + ApiClient.encode(rule) + "/why-not"
                        + (query.isEmpty() ? "" : "?" + query.substring(1)));
        if (output.quiet()) {
            answer.path("attempts").forEach(attempt -> {
                String id = Json.text(attempt.path("alert"), "id");
                if (!id.isEmpty()) {
                    terminal.out().println(id);
                }
            });
        } else if (output.json()) {
            terminal.out().println(Json.pretty(answer));
        } else {
            new WhyNotText(output.paint(terminal), terminal.clock().instant())
                    .lines(answer)
                    .forEach(terminal.out()::println);
        }
        boolean unheard = !answer.path("node_known").asBoolean(true);
        return unheard && !answer.path("holds").asBoolean() ? Exit.NO : 0;
    }
}
