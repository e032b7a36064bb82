package io.tocsin.lane;

import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.membership.Ownership;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Takes commands to the lane that watches a cluster, here or in another member, and questions to all that may know. */
final class Errands {
    private static final long AGAIN_MS = 100;
    private static final int MOST_ROUNDS = 50;
    /** What a page waits for a member that is frozen. */
    private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(1500);

    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(5000);

    private final Vertx vertx;
    private final LaneCalls lanes;
    private final OpenAlerts where;
    private final Ownership ownership;
    private final FromMembers members;

    Errands(Vertx vertx, LaneCalls lanes, OpenAlerts where, Ownership ownership, FromMembers members) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.where = where;
        this.ownership = ownership;
        this.members = members;
    }

    /** Others may ask from now on. */
    void start() {
        if (ownership.me() != null) {
            vertx.eventBus()
                    .consumer(
                            Address.MEMBER_COMMAND + ownership.me(),
                            message -> members.command(message, command -> reply(message, here(command))));
            vertx.eventBus()
                    .consumer(
                            Address.MEMBER_QUERY + ownership.me(),
                            message -> members.question(
                                    message,
                                    question -> lanes(question)
                                            .onSuccess(answers -> message.reply(new JsonArray(answers)))
                                            .onFailure(fault -> pass(message, fault))));
        }
    }

    /** Has a checked command done by whoever watches its cluster. */
    Future<JsonObject> command(JsonObject command) {
        return command(command, 1);
    }

    private Future<JsonObject> command(JsonObject command, int round) {
        String cluster = command.getString("cluster");
        String owner = ownership.ownerOf(cluster);
        Future<JsonObject> answer = ownership.mine(cluster)
                ? here(command)
                : owner == null || owner.equals(ownership.me())
                        ? Future.failedFuture(elsewhere(cluster))
                        : vertx.eventBus()
                                .<JsonObject>request(Address.MEMBER_COMMAND + owner, command, PATIENT)
                                .map(Message::body);
        return answer.recover(fault -> {
            if (round == MOST_ROUNDS || !movable(fault)) {
                return Future.failedFuture(fault);
            }
            Promise<JsonObject> again = Promise.promise();
            vertx.setTimer(AGAIN_MS, any -> command(command, round + 1).onComplete(again));
            return again.future();
        });
    }

    private static boolean movable(Throwable fault) {
        return fault instanceof ReplyException reply
                && (reply.failureCode() == Failure.ELSEWHERE || reply.failureType() == ReplyFailure.NO_HANDLERS);
    }

    private static ReplyException elsewhere(String cluster) {
        return new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE,
                Failure.ELSEWHERE,
                "nobody watches cluster " + cluster + " at present; try again in a second");
    }

    private Future<JsonObject> here(JsonObject command) {
        String cluster = command.getString("cluster");
        return lanes.<JsonObject>ask(where.laneOf(cluster), Address.LANE_COMMAND, command, Address.LOCAL)
                .map(Message::body);
    }

    /** The answers of the lanes that may know: those of the owner if a cluster is named, of all members otherwise. */
    Future<List<JsonObject>> ask(JsonObject question) {
        String cluster = question.getString("cluster");
        List<Future<List<JsonObject>>> answers = new ArrayList<>();
        if (cluster == null) {
            answers.add(lanes(question));
            ownership.members().stream()
                    .filter(place -> !place.equals(ownership.me()) && ownership.me() != null)
                    .forEach(place -> answers.add(member(place, question).otherwise(List.of())));
        } else {
            String owner = ownership.ownerOf(cluster);
            answers.add(owner == null || owner.equals(ownership.me()) ? lanes(question) : member(owner, question));
        }
        return Future.all(answers).map(all -> {
            List<JsonObject> lanes = new ArrayList<>();
            answers.forEach(one -> lanes.addAll(one.result()));
            return lanes;
        });
    }

    private Future<List<JsonObject>> member(String place, JsonObject question) {
        return vertx.eventBus()
                .<JsonArray>request(Address.MEMBER_QUERY + place, question, SOON)
                .map(answer ->
                        answer.body().stream().map(JsonObject.class::cast).toList());
    }

    private Future<List<JsonObject>> lanes(JsonObject question) {
        String cluster = question.getString("cluster");
        List<Future<Message<JsonObject>>> answers = new ArrayList<>();
        for (int lane = 0; lane < where.lanes(); lane++) {
            if (cluster == null || lane == where.laneOf(cluster)) {
                answers.add(lanes.ask(lane, Address.LANE_QUERY, question, Address.LOCAL));
            }
        }
        return Future.all(answers)
                .map(all -> answers.stream()
                        .map(one -> one.result().body().put("member", ownership.me()))
                        .toList());
    }

    private static void reply(Message<?> message, Future<JsonObject> answer) {
        answer.onSuccess(message::reply).onFailure(fault -> pass(message, fault));
    }

    /** A failure with a code goes on as it is; one without means that nobody answered. */
    static void pass(Message<?> message, Throwable fault) {
        if (fault instanceof ReplyException reply && reply.failureCode() == Failure.ELSEWHERE) {
            message.fail(Failure.BUSY, reply.getMessage());
        } else if (fault instanceof ReplyException reply && reply.failureCode() > 0) {
            message.fail(reply.failureCode(), reply.getMessage());
        } else {
            message.fail(
                    Failure.BUSY,
                    "no answer, try again in a second: " + io.tocsin.model.Text.clean(fault.getMessage()));
        }
    }
}
