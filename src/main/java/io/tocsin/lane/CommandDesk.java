package io.tocsin.lane;

import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.model.Life;
import io.tocsin.model.Text;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/** Takes what people do to alerts, from the API of this member and from anybody on the bus, and hands it to the owner. */
final class CommandDesk {
    private final Vertx vertx;
    private final Errands errands;
    private final OpenAlerts where;
    private final Store store;

    CommandDesk(Vertx vertx, Errands errands, OpenAlerts where, Store store) {
        this.vertx = vertx;
        this.errands = errands;
        this.where = where;
        this.store = store;
    }

    void start() {
        vertx.eventBus().<JsonObject>localConsumer(Address.API_ACK, message -> answer(message, true));
        vertx.eventBus().<JsonObject>localConsumer(Address.API_RESOLVE, message -> answer(message, false));
        vertx.eventBus().<Object>consumer(Address.COMMAND_ACK, message -> written(message, true));
        vertx.eventBus().<Object>consumer(Address.COMMAND_RESOLVE, message -> written(message, false));
    }

    private Future<JsonObject> answer(Message<?> message, boolean ack) {
        return done(message.body(), ack).onSuccess(message::reply).onFailure(fault -> Errands.pass(message, fault));
    }

    /** Nobody vouches for whom a message on the bus names, so it is said where it came from. */
    private void written(Message<?> message, boolean ack) {
        JsonObject note =
                new JsonObject().put("action", ack ? "ack" : "resolve").put("client", "bus");
        if (message.body() instanceof JsonObject body) {
            note.put("actor", text(body, ack ? "acknowledged_by" : "resolved_by"))
                    .put("target", text(body, "alert_id"));
        }
        answer(message, ack)
                .onSuccess(alert -> note.put("outcome", "ok"))
                .onFailure(fault -> note.put("outcome", "refused").put("detail", fault.getMessage()))
                .onComplete(any -> vertx.eventBus().publish(Address.AUDIT, note, Address.LOCAL));
    }

    private static String text(JsonObject body, String name) {
        return body.getValue(name) instanceof String text ? Text.cut(text, 256) : null;
    }

    private Future<JsonObject> done(Object asked, boolean ack) {
        if (!(asked instanceof JsonObject body)) {
            return failed(Failure.INVALID, "expected a JSON object");
        }
        String problem = Commands.problem(body, ack);
        if (problem != null) {
            return failed(Failure.INVALID, problem);
        }
        String id = body.getString("alert_id");
        JsonObject command = body.copy().put("what", ack ? "ack" : "resolve");
        String cluster = where.clusterOf(id);
        return cluster == null ? elsewhere(command, id) : errands.command(command.put("cluster", cluster));
    }

    /** An alert that is not open here may be open in another member. */
    private Future<JsonObject> elsewhere(JsonObject command, String id) {
        return vertx.executeBlocking(() -> store.life(id))
                .transform(stored -> stored.failed() ? inMemory(id, stored.cause()) : cluster(id, stored.result()))
                .compose(cluster -> errands.command(command.put("cluster", cluster)));
    }

    private static Future<String> cluster(String id, Optional<Life> life) {
        if (life.isPresent() && life.get().alert().open()) {
            return Future.succeededFuture(life.get().alert().cluster());
        }
        return failed(
                life.isPresent() ? Failure.CONFLICT : Failure.NOT_FOUND,
                life.map(CommandDesk::over).orElse("there is no alert " + Text.clean(Text.cut(id, 80))));
    }

    /** The store is away, and whoever watches the alert's cluster needs none to take an answer. */
    private Future<String> inMemory(String id, Throwable away) {
        return errands.ask(new JsonObject().put("what", "open").put("alert_id", id))
                .compose(answers -> answers.stream()
                        .map(one -> one.getString("result"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Future::succeededFuture)
                        .orElse(Future.failedFuture(away)));
    }

    private static String over(Life life) {
        return Optional.ofNullable(life.alert().resolution())
                .map(resolution -> "alert " + life.alert().id() + " is resolved: " + resolution.because())
                .orElse("alert " + life.alert().id() + " is not open here");
    }

    private static <T> Future<T> failed(int code, String reason) {
        return Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, reason));
    }
}
