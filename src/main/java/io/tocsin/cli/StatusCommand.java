package io.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how a running member is. */
@Command(
        name = "status",
        description = {
            "Shows how a member is: ready, open alerts, rules, members and what each has, monitored clusters.",
            "Exits with 1 if it is not ready."
        })
final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    private final Terminal terminal;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ApiClient api = server.connect(terminal);
        ApiClient.Answer ready = api.ask("/-/ready");
        boolean yes = ready.status() == 200;
        if (!yes && ready.status() != 503) {
            throw Exit.cannot("/-/ready answers " + ready.status() + "; is that Tocsin?");
        }
        ObjectNode status = Json.object();
        status.put("ready", yes);
        status.set("readiness", readiness(ready.body()));
        status.set("members", optional(api, "/api/v1/members"));
        status.set("clusters", optional(api, "/api/v1/clusters"));
        status.set("rules", optional(api, "/api/v1/rules"));
        status.set("stats", optional(api, "/api/v1/stats"));
        status.set("open_alerts", open(api));
        if (output.json()) {
            terminal.out().println(Json.pretty(status));
        } else if (!output.quiet()) {
            new StatusText(output.paint(terminal), Instant.now()).lines(status).forEach(terminal.out()::println);
        }
        return yes ? 0 : Exit.NO;
    }

    private static JsonNode readiness(String body) {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException e) {
            return Json.object().textNode(body.strip());
        }
    }

    /** A member that is not ready may not answer everything; what is missing is shown as missing. */
    private static JsonNode optional(ApiClient api, String path) {
        ApiClient.Answer answer = api.ask(path);
        try {
            return answer.status() == 200 ? Json.parse(answer.body()) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static JsonNode open(ApiClient api) {
        Map<String, Integer> counts = new TreeMap<>();
        List<JsonNode> alerts = new ArrayList<>();
        try {
            alerts.addAll(Server.alerts(api, "&state=pending,firing,acknowledged", MOST));
        } catch (Exit notNow) {
            return null;
        }
        alerts.forEach(alert -> counts.merge(Json.text(alert, "severity"), 1, Integer::sum));
        ObjectNode open = Json.object();
        counts.forEach(open::put);
        return open;
    }
}
