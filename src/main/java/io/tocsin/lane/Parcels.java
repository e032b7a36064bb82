package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.lane.record.Pack;
import io.tocsin.model.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Takes telemetry to other members. What waits for a member goes as one parcel; a few parcels are under way to each, in
 * order. The number of a parcel lets the member that gets it twice take it once. On the event loop of the switchboard.
 */
final class Parcels {
    /** As many readings as one parcel holds, more only if they came as one. */
    private static final int FULL = 4000;

    private static final int UNDER_WAY = 4;
    private static final long ANSWER_MS = 3000;
    private static final int MOST_ATTEMPTS = 5;

    private final Vertx vertx;
    private final Predicate<String> present;
    private final String from = UUID.randomUUID().toString();
    private final Counter sent;
    private final Counter failed;
    private final Map<String, Road> roads = new HashMap<>();
    private final Map<Promise<Set<String>>, String> awaited = new IdentityHashMap<>();
    private long seq;

    /** What waits for one member. */
    private static final class Road {
        private final Deque<Load> waiting = new ArrayDeque<>();
        private int underWay;
    }

    /** Messages whose sender waits for an answer: the clusters that were refused. */
    private record Load(List<Telemetry> messages, Promise<Set<String>> done) {}

    /**
     * No parcel is sent yet.
     *
     * @param present whether a member is still there: then a parcel that it does not answer is sent to it again
     */
    Parcels(Vertx vertx, Predicate<String> present, MeterRegistry registry) {
        this.vertx = vertx;
        this.present = present;
        this.sent = registry.counter("tocsin_forwarded_total", "outcome", "taken");
        this.failed = registry.counter("tocsin_forwarded_total", "outcome", "not answered");
    }

    /** Sends messages; the future gives the clusters that the member did not take, or fails if that is unknown. */
    Future<Set<String>> send(String place, List<Telemetry> messages) {
        Promise<Set<String>> done = Promise.promise();
        Road road = roads.computeIfAbsent(place, any -> new Road());
        road.waiting.add(new Load(messages, done));
        next(place, road);
        return done.future();
    }

    private void next(String place, Road road) {
        while (road.underWay < UNDER_WAY && !road.waiting.isEmpty()) {
            List<Load> loads = new ArrayList<>();
            List<Telemetry> messages = new ArrayList<>();
            do {
                Load load = road.waiting.poll();
                loads.add(load);
                messages.addAll(load.messages());
            } while (!road.waiting.isEmpty()
                    && messages.size() + road.waiting.peek().messages().size() <= FULL);
            road.underWay++;
            dispatch(place, messages).onComplete(answer -> {
                road.underWay--;
                for (Load load : loads) {
                    if (answer.succeeded()) {
                        load.done().complete(answer.result());
                    } else {
                        load.done().fail(answer.cause());
                    }
                }
                if (road.waiting.isEmpty() && road.underWay == 0) {
                    roads.remove(place, road);
                } else {
                    next(place, road);
                }
            });
        }
    }

    private Future<Set<String>> dispatch(String place, List<Telemetry> messages) {
        DeliveryOptions options = new DeliveryOptions()
                .setSendTimeout(ANSWER_MS)
                .addHeader("from", from)
                .addHeader("seq", Long.toString(++seq));
        Promise<Set<String>> answer = Promise.promise();
        awaited.put(answer, place);
        attempt(place, Buffer.buffer(Pack.of(messages)), options, 1)
                .onSuccess(answer::tryComplete)
                .onFailure(answer::tryFail);
        return answer.future()
                .onComplete(any -> awaited.remove(answer))
                .onSuccess(any -> sent.increment(messages.size()))
                .onFailure(any -> failed.increment(messages.size()));
    }

    private Future<Set<String>> attempt(String place, Buffer parcel, DeliveryOptions options, int attempt) {
        return vertx.eventBus()
                .<JsonArray>request(Address.MEMBER_TELEMETRY + place, parcel, options)
                .map(answer -> names(answer.body()))
                .recover(fault -> {
                    boolean silent =
                            fault instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
                    return silent && attempt < MOST_ATTEMPTS && present.test(place)
                            ? attempt(place, parcel, options, attempt + 1)
                            : Future.failedFuture(fault);
                });
    }

    /** Somebody may have gone: nobody waits for an answer of theirs any longer. */
    void lookWhoIsThere() {
        Map.copyOf(awaited).forEach((answer, place) -> {
            if (!present.test(place)) {
                answer.tryFail(new ReplyException(ReplyFailure.NO_HANDLERS, place + " is gone"));
            }
        });
    }

    static Set<String> names(JsonArray clusters) {
        Set<String> names = new HashSet<>();
        if (clusters != null) {
            clusters.forEach(name -> names.add((String) name));
        }
        return names;
    }
}
