package io.tocsin.api;

import io.tocsin.bus.Address;
import io.tocsin.model.Text;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What people do to alerts: handed to the owner of the alert's cluster over the bus. */
final class CommandRoutes {
    private static final long TIMEOUT_MS = 10_000;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_MESSAGE = 4096;

    private final EventBus bus;

    CommandRoutes(EventBus bus) {
        this.bus = bus;
    }

    void mount(Calls calls) {
        calls.post("/api/v1/alerts/:id/ack", this::ack);
        calls.post("/api/v1/alerts/:id/resolve", this::resolve);
    }

    private void ack(RoutingContext ctx) {
        QueryString.of(ctx);
        Fields fields = Fields.of(
                ctx.body().buffer(), "{\"acknowledged_by\": \"ann\", \"ack_message\": \"on it\", \"ack_for\": \"2h\"}");
        String message = fields.optional("ack_message", LONGEST_MESSAGE);
        JsonObject command = new JsonObject()
                .put("alert_id", id(ctx))
                .put("acknowledged_by", by(ctx, fields, "acknowledged_by"))
                .put("ack_message", message == null ? "" : message);
        String span = fields.duration("ack_for");
        if (span != null) {
            command.put("ack_for", span);
        }
        send(ctx, Address.API_ACK, command);
    }

    private void resolve(RoutingContext ctx) {
        QueryString.of(ctx);
        Fields fields = Fields.of(ctx.body().buffer(), "{\"resolved_by\": \"ann\"}");
        JsonObject command =
                new JsonObject().put("alert_id", id(ctx)).put("resolved_by", by(ctx, fields, "resolved_by"));
        send(ctx, Address.API_RESOLVE, command);
    }

    private static String by(RoutingContext ctx, Fields fields, String name) {
        Asker asker = Asker.asker(ctx);
        String said = asker.named() ? fields.optional(name, LONGEST_NAME) : fields.required(name, LONGEST_NAME);
        return asker.actsAs(said, name);
    }

    private void send(RoutingContext ctx, String address, JsonObject command) {
        DeliveryOptions options =
                new DeliveryOptions().setSendTimeout(TIMEOUT_MS).setLocalOnly(true);
        Answers.send(ctx, bus.<JsonObject>request(address, command, options).map(Message::body));
    }

    private static String id(RoutingContext ctx) {
        String id = ctx.pathParam("id");
        if (id.length() > 64) {
            throw HttpFault.notFound("there is no alert " + Nearest.quoted(id));
        }
        return Text.clean(id);
    }
}
