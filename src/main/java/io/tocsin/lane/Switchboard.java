package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Head;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.tocsin.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Passes telemetry, commands and questions on to the lane that has the monitored cluster, here or in another member. */
public final class Switchboard extends VerticleBase {
    private static final int MOST_IN_FLIGHT = 500_000;
    private static final long RULES_TIMEOUT_MS = 55_000;
    private static final long LOOK_MS = 10_000;

    private final OpenAlerts where;
    private final Store store;
    private final Ownership ownership;
    private final int maxClusters;
    private final MeterRegistry registry;
    private final Set<String> clusters = new HashSet<>();
    private LaneCalls lanes;
    private Routes routes;
    private Errands errands;
    private int inFlight;

    /**
     * For the lanes of this member.
     *
     * @param known monitored clusters that are watched already; they count to the limit
     * @param ownership which member has what
     */
    public Switchboard(
            OpenAlerts where,
            Store store,
            Set<String> known,
            TelemetrySettings settings,
            Ownership ownership,
            MeterRegistry registry) {
        this.where = where;
        this.store = store;
        this.ownership = ownership;
        this.clusters.addAll(known);
        this.maxClusters = settings.maxClusters();
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        lanes = new LaneCalls(vertx, registry);
        routes = new Routes(vertx, lanes, where, ownership, registry);
        errands = new Errands(vertx, lanes, where, ownership, new FromMembers(registry));
        errands.start();
        if (ownership.me() != null) {
            Arrivals arrivals = new Arrivals(registry);
            vertx.eventBus()
                    .consumer(
                            Address.MEMBER_TELEMETRY + ownership.me(), message -> arrivals.take(message, routes::here));
        }
        ownership.onChange(() -> vertx.executeBlocking(() -> know()));
        vertx.setPeriodic(LOOK_MS, any -> {
            if (ownership.members().size() > 1) {
                vertx.executeBlocking(() -> know());
            }
        });
        vertx.eventBus().<TelemetryBatch>localConsumer(Address.INTAKE, this::take);
        vertx.eventBus().<JsonObject>localConsumer(Address.QUERY, this::query);
        vertx.eventBus().<RuleBook>localConsumer(Address.RULES, this::rules);
        vertx.eventBus().<JsonObject>localConsumer(Address.VERDICT, message -> run(message, message.body()));
        new CommandDesk(vertx, errands, where, store).start();
        return Future.succeededFuture();
    }

    /** Other members have begun to watch clusters of which nothing was sent here. */
    private Void know() {
        where.know(store.clusters());
        return null;
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
        List<Telemetry> accepted = new ArrayList<>(size);
        int refused = 0;
        for (Telemetry one : message.body().messages()) {
            if (clusters.size() < maxClusters
                    ? clusters.add(one.cluster()) || true
                    : clusters.contains(one.cluster())) {
                accepted.add(one);
            } else {
                refused++;
            }
        }
        if (refused > 0) {
            registry.counter("tocsin_intake_refused_total", "reason", "more than telemetry.max_clusters")
                    .increment(refused);
        }
        routes.send(accepted)
                .onComplete(any -> inFlight -= size)
                .onSuccess(all -> message.reply(null))
                .onFailure(fault -> Errands.pass(message, fault));
    }

    private void run(Message<?> message, JsonObject command) {
        errands.command(command).onSuccess(message::reply).onFailure(fault -> Errands.pass(message, fault));
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
                .onFailure(fault -> Errands.pass(message, fault));
    }

    private void query(Message<JsonObject> message) {
        JsonObject question = message.body();
        if (Set.of("why-not", "series").contains(question.getString("what")) && question.getString("cluster") == null) {
            // somebody who watches one cluster need not know what it is called
            question.put("cluster", clusters.size() == 1 ? clusters.iterator().next() : Head.DEFAULT_CLUSTER);
        }
        errands.ask(question)
                .onSuccess(answers -> reply(message, question, answers))
                .onFailure(fault -> Errands.pass(message, fault));
    }

    private void reply(Message<JsonObject> message, JsonObject question, List<JsonObject> answers) {
        String cluster = question.getString("cluster");
        if (cluster != null && answers.get(0).getValue("result") == null) {
            message.fail(Failure.NOT_FOUND, "there is no cluster " + Text.clean(Text.cut(cluster, 80)));
        } else if (cluster != null) {
            message.reply(answers.get(0));
        } else if ("clusters".equals(question.getString("what"))) {
            JsonArray clusters = new JsonArray(List.copyOf(whole(answers).values()));
            message.reply(new JsonObject().put("result", clusters));
        } else if ("tally".equals(question.getString("what"))) {
            message.reply(new JsonObject().put("result", Tallies.sum(answers)));
        } else {
            message.reply(new JsonObject().put("result", RuleCounts.merge(answers)));
        }
    }

    /** One that has thawed says for a moment still what it had; where nobody says how a cluster is, the store knows whose it is. */
    private Map<String, JsonObject> whole(List<JsonObject> answers) {
        Map<String, JsonObject> whole = new TreeMap<>();
        for (JsonObject answer : answers) {
            answer.getJsonArray("result").forEach(one -> {
                JsonObject cluster = ((JsonObject) one).put("owner", answer.getString("member"));
                whole.merge(cluster.getString("cluster"), cluster, (a, b) -> epoch(b) > epoch(a) ? b : a);
            });
        }
        store.holders().forEach((name, held) -> {
            if (!whole.containsKey(name) || epoch(whole.get(name)) < held.epoch()) {
                whole.put(name, Queries.silent(name, ownership.me() == null ? null : held.place(), held.epoch()));
            }
        });
        return whole;
    }

    private static long epoch(JsonObject cluster) {
        return cluster.getLong("epoch", 0L);
    }
}
