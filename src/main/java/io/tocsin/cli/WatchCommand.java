package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows alerts until Ctrl-C. */
@Command(
        name = "watch",
        description =
                "Follows alerts until Ctrl-C: the open ones, again and again, on a terminal; otherwise a line a change.")
final class WatchCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int MOST = 200;

    private final Terminal terminal;
    private final Map<String, String> seen = new HashMap<>();

    @Mixin
    private Server server;

    @Mixin
    private AlertFilter filter;

    @Mixin
    private Output output;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "How often it asks. Default: 2s.")
    private String every;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after asking so often. Default: never.")
    private int times;

    WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration pause;
        try {
            pause = Text.duration(every);
        } catch (IllegalArgumentException e) {
            throw Exit.cannot("--every: " + e.getMessage());
        }
        boolean screen = terminal.outIsTerminal() && !output.json() && !output.quiet();
        String query = filter.query();
        ApiClient api = server.connect(terminal);
        show(api, Server.alerts(api, query, MOST), screen);
        for (int i = 1; i != times; i++) {
            Thread.sleep(pause.toMillis());
            try {
                show(api, Server.alerts(api, query, MOST), screen);
            } catch (Exit away) {
                terminal.err().println("tocsin: " + away.getMessage());
            }
        }
        return 0;
    }

    private void show(ApiClient api, List<JsonNode> alerts, boolean screen) {
        if (screen) {
            terminal.out().print(HOME_AND_CLEAR);
            terminal.out().println(terminal.clock().instant() + "  " + alerts.size() + " alerts, Ctrl-C ends");
            table(terminal.width()).lines(alerts).forEach(terminal.out()::println);
            return;
        }
        Map<String, String> present = new HashMap<>();
        for (JsonNode alert : alerts) {
            String id = Json.text(alert, "id");
            String revision = Json.text(alert, "revision");
            present.put(id, revision);
            if (!revision.equals(seen.get(id))) {
                line(alert, id);
            }
        }
        seen.keySet().removeAll(present.keySet());
        seen.forEach((id, revision) -> gone(api, id, revision));
        seen.clear();
        seen.putAll(present);
    }

    /** An alert that is resolved leaves the list of the open ones: its last line is told too. */
    private void gone(ApiClient api, String id, String revision) {
        try {
            JsonNode alert = api.get("/api/v1/alerts/" + ApiClient.encode(id));
            if (!revision.equals(Json.text(alert, "revision"))) {
                line(alert, id);
            }
        } catch (Exit lapsed) {
            terminal.err().println("tocsin: " + lapsed.getMessage());
        }
    }

    private void line(JsonNode alert, String id) {
        if (output.json()) {
            terminal.out().println(Json.line(alert));
        } else if (output.quiet()) {
            terminal.out().println(id);
        } else {
            terminal.out().println(table(0).lines(List.of(alert)).get(1));
        }
    }

    private AlertTable table(int width) {
        return new AlertTable(output.paint(terminal), terminal.clock().instant(), width);
    }
}
