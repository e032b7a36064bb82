package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the way of telemetry: to a lane of this member, or to the member that owns its cluster. What nobody takes at
 * present, because an owner has died or gives a cluster up, goes round again until somebody does.
 */
final class Routes {
    private static final long AGAIN_MS = 100;
    /** Longer than a frozen member is missed. */
    private static final int MOST_ROUNDS = 150;

    private static final String LANE = "lane ";

    private final Vertx vertx;
    private final LaneCalls lanes;
    private final OpenAlerts where;
    private final Ownership ownership;
    private final MeterRegistry registry;
    private final Parcels parcels;

    Routes(Vertx vertx, LaneCalls lanes, OpenAlerts where, Ownership ownership, MeterRegistry registry) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.where = where;
        this.ownership = ownership;
        this.registry = registry;
        this.parcels = new Parcels(vertx, place -> ownership.members().contains(place), registry);
        Context here = vertx.getOrCreateContext();
        ownership.onChange(() -> here.runOnContext(any -> parcels.lookWhoIsThere()));
    }

    /** Takes messages to where they belong; succeeds once they are evaluated and committed there. */
    Future<Void> send(List<Telemetry> messages) {
        return round(messages, 1);
    }

    private Future<Void> round(List<Telemetry> messages, int number) {
        Map<String, List<Telemetry>> ways = new TreeMap<>();
        String cluster = null;
        List<Telemetry> way = null;
        for (Telemetry one : messages) {
            if (!one.cluster().equals(cluster)) {
                cluster = one.cluster();
                way = ways.computeIfAbsent(way(cluster), any -> new ArrayList<>());
            }
            way.add(one);
        }
        List<Future<?>> done = new ArrayList<>(ways.size());
        ways.forEach((to, part) -> done.add(taken(to, part).compose(refused -> {
            if (refused.isEmpty()) {
                return Future.succeededFuture();
            }
            List<Telemetry> left =
                    part.stream().filter(one -> refused.contains(one.cluster())).toList();
            return again(left, number);
        })));
        return Future.all(done).mapEmpty();
    }

    private Future<Void> again(List<Telemetry> left, int number) {
        if (number == MOST_ROUNDS) {
            registry.counter("tocsin_intake_refused_total", "reason", "no member takes its cluster")
                    .increment(left.size());
            return Future.failedFuture(new ReplyException(
                    ReplyFailure.RECIPIENT_FAILURE,
                    Failure.BUSY,
                    "no member takes cluster " + left.get(0).cluster() + " at present; try again in a second"));
        }
        registry.counter("tocsin_rerouted_total").increment(left.size());
        Promise<Void> done = Promise.promise();
        vertx.setTimer(AGAIN_MS, any -> round(left, number + 1).onComplete(done));
        return done.future();
    }

    /** A lane here, a member, or nowhere. */
    private String way(String cluster) {
        if (ownership.mine(cluster)) {
            return LANE + where.laneOf(cluster);
        }
        String owner = ownership.ownerOf(cluster);
        return owner == null || owner.equals(ownership.me()) ? "" : owner;
    }

    /** The clusters of messages that were not taken; all of them if the member that should is not there. */
    private Future<Set<String>> taken(String way, List<Telemetry> messages) {
        if (way.isEmpty()) {
            return Future.succeededFuture(clusters(messages));
        }
        if (way.startsWith(LANE)) {
            return lane(way.substring(LANE.length()), messages);
        }
        return parcels.send(way, messages)
                .recover(fault ->
                        refusal(fault) ? Future.failedFuture(fault) : Future.succeededFuture(clusters(messages)));
    }

    /** Whether somebody who is there said no, rather than nobody being there. */
    private static boolean refusal(Throwable fault) {
        return fault instanceof ReplyException reply && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    }

    /** Messages of another member, which go to lanes here or back. */
    Future<Set<String>> here(List<Telemetry> messages) {
        Map<Integer, List<Telemetry>> byLane = new TreeMap<>();
        Set<String> refused = new HashSet<>();
        Set<String> mine = clusters(messages);
        mine.removeIf(cluster -> !ownership.mine(cluster));
        for (Telemetry one : messages) {
            if (mine.contains(one.cluster())) {
                byLane.computeIfAbsent(where.laneOf(one.cluster()), any -> new ArrayList<>())
                        .add(one);
            } else {
                refused.add(one.cluster());
            }
        }
        List<Future<?>> done = new ArrayList<>(byLane.size());
        byLane.forEach(
                (lane, part) -> done.add(lane(Integer.toString(lane), part).onSuccess(refused::addAll)));
        return Future.all(done).map(any -> refused);
    }

    private Future<Set<String>> lane(String lane, List<Telemetry> messages) {
        return lanes.<JsonArray>ask(Integer.parseInt(lane), Address.LANE, new TelemetryBatch(messages), Address.LOCAL)
                .map(answer -> Parcels.names(answer.body()))
                // a lane that is just being replaced
                .recover(fault ->
                        fault instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                                ? Future.succeededFuture(clusters(messages))
                                : Future.failedFuture(fault));
    }

    private static Set<String> clusters(List<Telemetry> messages) {
        Set<String> clusters = new HashSet<>();
        messages.forEach(one -> clusters.add(one.cluster()));
        return clusters;
    }
}
