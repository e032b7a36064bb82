package example;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * Reports the health of its checkout every second, tells of every alert, and answers those that are about itself. What is
 * typed, {@code healthy}, {@code degraded} or {@code unhealthy}, is the health from then on.
 */
public final class Shop extends VerticleBase {
    private final String node;
    private String status = "healthy";

    /** Takes the name under which it reports. */
    public Shop(String node) {
        this.node = node;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(1000, timer -> report());
        Thread keyboard = new Thread(this::read, "keyboard");
        keyboard.setDaemon(true);
        keyboard.start();
        return vertx.eventBus()
                .<JsonObject>consumer("tocsin.alerts", message -> heard(message.body()))
                .completion();
    }

    private void report() {
        JsonObject health = new JsonObject()
                .put("type", "component_health")
                .put("node", node)
                .put("component", "checkout")
                .put("status", status);
        vertx.eventBus()
                .<JsonObject>request("tocsin.telemetry", new JsonArray().add(health))
                .map(Message::body)
                .onSuccess(reply -> reply.getJsonArray("rejected").forEach(no -> say("rejected: " + no)))
                .onFailure(fault -> say("not taken, the next one may be: " + fault.getMessage()));
    }

    private void heard(JsonObject alert) {
        String state = alert.getString("state");
        say(state + " " + alert.getString("severity") + " " + alert.getString("message"));
        if (node.equals(alert.getString("node")) && state.equals("firing")) {
            acknowledge(alert.getString("id"));
        }
    }

    private void acknowledge(String id) {
        JsonObject answer = new JsonObject()
                .put("alert_id", id)
                .put("acknowledged_by", node)
                .put("ack_message", "restarting the checkout")
                .put("ack_for", "10m");
        vertx.eventBus()
                .<JsonObject>request("tocsin.command.ack", answer)
                .map(Message::body)
                .onSuccess(alert -> say("acknowledged until " + alert.getString("ack_expires_at")))
                .onFailure(fault -> say("not acknowledged: " + fault.getMessage()));
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String typed = line.strip();
                context.runOnContext(now -> status = typed);
            }
        } catch (IOException closed) {
            say("nobody types any more: " + closed.getMessage());
        }
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
