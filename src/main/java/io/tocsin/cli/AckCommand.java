package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.model.Text;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Acknowledges an alert. */
@Command(
        name = "ack",
        description = {
            "Acknowledges an alert: its escalation stops.",
            "Exits with 1 if there is no such alert or it is over."
        })
final class AckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The alert's id, or its beginning.")
    private String id;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            required = true,
            description = "What the others should know, such as \"on it\".")
    private String message;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long the answer is good, such as 2h; then the escalation goes on. Default: for good.")
    private String time;

    @Mixin
    private Person person;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    AckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object();
        body.put("acknowledged_by", person.name(terminal)).put("ack_message", message);
        if (time != null) {
            try {
                body.put("ack_for", Text.duration(Text.duration(time)));
            } catch (IllegalArgumentException e) {
                throw Exit.cannot("--for: " + e.getMessage());
            }
        }
        ApiClient api = server.connect(terminal);
        JsonNode alert = api.post("/api/v1/alerts/" + ApiClient.encode(Server.id(api, id)) + "/ack", body);
        String until = Json.text(alert, "ack_expires_at");
        new Done(terminal, output)
                .print(
                        alert,
                        "✅ acknowledged",
                        "by " + Json.text(alert, "acknowledged_by") + (until.isEmpty() ? "" : " until " + until));
        return 0;
    }
}
