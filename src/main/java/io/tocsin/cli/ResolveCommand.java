package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Resolves an alert by hand. */
@Command(
        name = "resolve",
        description = {"Resolves an alert by hand.", "Exits with 1 and the reason if a fresh reading still supports it."
        })
final class ResolveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The alert's id, or its beginning.")
    private String id;

    @Mixin
    private Person person;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    ResolveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ApiClient api = server.connect(terminal);
        String path = "/api/v1/alerts/" + ApiClient.encode(Server.id(api, id)) + "/resolve";
        String by = person.name(terminal);
        JsonNode alert = api.post(path, Json.object().put("resolved_by", by));
        String named = Json.text(alert, "resolved_by");
        new Done(terminal, output).print(alert, "✅ resolved", "by " + (named.isEmpty() ? by : named));
        return 0;
    }
}
