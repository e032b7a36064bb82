package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Head;
import io.tocsin.model.Life;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.store.History;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Passes telemetry, commands and questions on to the lane that has the monitored cluster. */
public final class Switchboard extends VerticleBase {
    private static final int MOST_IN_FLIGHT = 500_000;
    private static final long RULES_TIMEOUT_MS = 55_000;

    private final OpenAlerts where;
    private final History history;
    private final int maxClusters;
    private final String owner;
    private final MeterRegistry registry;
    private final Set<String> clusters = new HashSet<>();
    private LaneCalls lanes;
    private int inFlight;

    /**
     * For the lanes of this member.
     *
     * @param known monitored clusters that are watched already; they count to the limit
     * @param owner what the API shows as owner of the clusters; null if this member has no address
     */
    public Switchboard(
            OpenAlerts where,
            History history,
            Set<String> known,
            TelemetrySettings settings,
            String owner,
            MeterRegistry registry) {
        this.where = where;
        this.history = history;
        this.clusters.addAll(known);
        this.maxClusters = settings.maxClusters();
        this.owner = owner;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        lanes = new LaneCalls(vertx, registry);
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, this::take);
        vertx.eventBus().<JsonObject>localConsumer(Address.QUERY, this::query);
        vertx.eventBus().<RuleBook>localConsumer(Address.RULES, this::rules);
        vertx.eventBus().<JsonObject>localConsumer(Address.VERDICT, this::verdict);
        vertx.eventBus().<JsonObject>consumer(Address.COMMAND_ACK, message -> command(message, true));
        vertx.eventBus().<JsonObject>consumer(Address.COMMAND_RESOLVE, message -> command(message, false));
        return Future.succeededFuture();
    }

    private void take(Message<TelemetryBatch> message) {
        int size = message.body().messages().size();
        if (inFlight + size > MOST_IN_FLIGHT) {
            registry.counter("tocsin_intake_refused_total", "reason", "too many readings wait")
                    .increment(size);
            message.fail(Failure.BUSY, inFlight + " readings wait already; try again in a second");
            return;
        }
        inFlight += size;
        TreeMap<Integer, List<Telemetry>> byLane = new TreeMap<>();
        int refused = 0;
        for (Telemetry one : message.body().messages()) {
            if (clusters.size() < maxClusters
                    ? clusters.add(one.cluster()) || true
                    : clusters.contains(one.cluster())) {
                byLane.computeIfAbsent(where.laneOf(one.cluster()), lane -> new ArrayList<>())
                        .add(one);
            } else {
                refused++;
            }
        }
        if (refused > 0) {
            registry.counter("tocsin_intake_refused_total", "reason", "more than telemetry.max_clusters")
                    .increment(refused);
        }
        List<Future<?>> done = new ArrayList<>(byLane.size());
        byLane.forEach(
                (lane, batch) -> done.add(lanes.ask(lane, Address.LANE, new TelemetryBatch(batch), Address.LOCAL)));
        Future.all(done)
                .onComplete(any -> inFlight -= size)
                .onSuccess(all -> message.reply(null))
                .onFailure(fault -> pass(message, fault));
    }

    private static void pass(Message<?> message, Throwable fault) {
        if (fault instanceof ReplyException reply && reply.failureCode() > 0) {
            message.fail(reply.failureCode(), reply.getMessage());
        } else {
            message.fail(Failure.BUSY, "no answer, try again in a second: " + Text.clean(fault.getMessage()));
        }
    }

    private void command(Message<JsonObject> message, boolean ack) {
        if (!((Object) message.body() instanceof JsonObject body)) {
            message.fail(Failure.INVALID, "expected a JSON object");
            return;
        }
        String problem = Commands.problem(body, ack);
        if (problem != null) {
            message.fail(Failure.INVALID, problem);
            return;
        }
        String id = body.getString("alert_id");
        String cluster = where.clusterOf(id);
        if (cluster == null) {
            notOpen(message, id);
            return;
        }
        JsonObject command = body.copy().put("what", ack ? "ack" : "resolve").put("cluster", cluster);
        lanes.<JsonObject>ask(where.laneOf(cluster), Address.LANE_COMMAND, command, Address.LOCAL)
                .onSuccess(reply -> message.reply(reply.body()))
                .onFailure(fault -> pass(message, fault));
    }

    private void notOpen(Message<JsonObject> message, String id) {
        vertx.executeBlocking(() -> history.life(id))
                .onSuccess(life -> message.fail(
                        life.isPresent() ? Failure.CONFLICT : Failure.NOT_FOUND,
                        life.map(Switchboard::over).orElse("there is no alert " + Text.clean(Text.cut(id, 80)))))
                .onFailure(fault -> pass(message, fault));
    }

    private static String over(Life life) {
        return Optional.ofNullable(life.alert().resolution())
                .map(resolution -> "alert " + life.alert().id() + " is resolved: " + resolution.because())
                .orElse("alert " + life.alert().id() + " is not open here");
    }

    /** Hands new rules to every lane; the answer comes when none has the old ones any longer. */
    private void rules(Message<RuleBook> message) {
        DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(RULES_TIMEOUT_MS);
        List<Future<Message<JsonObject>>> answers = new ArrayList<>();
        for (int lane = 0; lane < where.lanes(); lane++) {
            answers.add(lanes.ask(lane, Address.LANE_RULES, message.body(), options));
        }
        Future.join(answers)
                .onSuccess(all -> message.reply(RuleCounts.swapped(
                        answers.stream().map(one -> one.result().body()).toList())))
                .onFailure(fault -> pass(message, fault));
    }

    private void verdict(Message<JsonObject> message) {
        int lane = where.laneOf(message.body().getString("cluster"));
        lanes.<JsonObject>ask(lane, Address.LANE_COMMAND, message.body(), Address.LOCAL)
                .onSuccess(reply -> message.reply(reply.body()))
                .onFailure(fault -> pass(message, fault));
    }

    private void query(Message<JsonObject> message) {
        JsonObject question = message.body();
        if ("why-not".equals(question.getString("what")) && question.getString("cluster") == null) {
            // somebody who watches one cluster need not know what it is called
            question.put("cluster", clusters.size() == 1 ? clusters.iterator().next() : Head.DEFAULT_CLUSTER);
        }
        String cluster = question.getString("cluster");
        List<Future<Message<JsonObject>>> answers = new ArrayList<>();
        for (int lane = 0; lane < where.lanes(); lane++) {
            if (cluster == null || lane == where.laneOf(cluster)) {
                answers.add(lanes.ask(lane, Address.LANE_QUERY, question, Address.LOCAL));
            }
        }
        Future.all(answers)
                .onSuccess(all -> reply(
                        message,
                        question,
                        answers.stream().map(one -> one.result().body()).toList()))
                .onFailure(fault -> pass(message, fault));
    }

    private void reply(Message<JsonObject> message, JsonObject question, List<JsonObject> answers) {
        String cluster = question.getString("cluster");
        if (cluster != null && answers.get(0).getValue("result") == null) {
            message.fail(Failure.NOT_FOUND, "there is no cluster " + Text.clean(Text.cut(cluster, 80)));
        } else if (cluster != null) {
            message.reply(answers.get(0));
        } else if ("clusters".equals(question.getString("what"))) {
            JsonArray clusters = new JsonArray();
            TreeMap<String, JsonObject> sorted = new TreeMap<>();
            answers.forEach(answer -> answer.getJsonArray("result")
                    .forEach(one -> sorted.put(((JsonObject) one).getString("cluster"), (JsonObject) one)));
            sorted.values().forEach(one -> clusters.add(one.put("owner", owner)));
            message.reply(new JsonObject().put("result", clusters));
        } else {
            message.reply(new JsonObject().put("result", RuleCounts.merge(answers)));
        }
    }
}
