package io.tocsin.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is asked of lanes and not answered yet. When a lane's thread is relieved, nobody waits for it any longer: whoever
 * asked may try again; only new rules wait for the next thread, as it has to have them.
 */
final class LaneCalls {
    private record Call<T>(int lane, String address, Object body, DeliveryOptions options, Promise<Message<T>> answer) {
        /** The same, to be asked of another thread: what the first one still says counts no longer. */
        private Call<T> again() {
            return new Call<>(lane, address, body, options, answer);
        }
    }

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Set<Call<?>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Integer> vacant = new HashSet<>();

    /** On the context that everything is asked on. */
    LaneCalls(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
        vertx.eventBus().<JsonObject>localConsumer(Address.LANE_VACANT, message -> changed(message.body()));
    }

    /** Asks a lane; the address is completed with its number. */
    <T> Future<Message<T>> ask(int lane, String address, Object body, DeliveryOptions options) {
        Promise<Message<T>> answer = Promise.promise();
        Call<T> call = new Call<>(lane, address, body, options, answer);
        if (vacant.contains(lane) && !waits(call)) {
            refuse(call);
            return answer.future();
        }
        open.add(call);
        if (!vacant.contains(lane)) {
            send(call);
        }
        return answer.future();
    }

    private <T> void send(Call<T> call) {
        vertx.eventBus()
                .<T>request(call.address + call.lane, call.body, call.options)
                .onComplete((reply, fault) -> {
                    // who waits for the next thread at a vacant lane is not to hear that nobody is there
                    if (!vacant.contains(call.lane) && open.remove(call)) {
                        if (fault == null) {
                            call.answer.tryComplete(reply);
                        } else {
                            call.answer.tryFail(fault);
                        }
                    }
                });
    }

    private static boolean waits(Call<?> call) {
        return call.address.equals(Address.LANE_RULES);
    }

    private void refuse(Call<?> call) {
        registry.counter("tocsin_lane_calls_refused_total", "reason", "the lane was stuck in a rule")
                .increment();
        call.answer.tryFail(new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE,
                Failure.BUSY,
                "lane " + call.lane + " was stuck in a rule and is taken up again; try again in a second"));
    }

    private void changed(JsonObject message) {
        int lane = message.getInteger("lane");
        List<Call<?>> mine = open.stream().filter(call -> call.lane == lane).toList();
        if (message.getBoolean("vacant")) {
            vacant.add(lane);
            mine.stream().filter(call -> !waits(call)).forEach(call -> {
                open.remove(call);
                refuse(call);
            });
        } else if (vacant.remove(lane)) {
            mine.forEach(call -> {
                open.remove(call);
                Call<?> again = call.again();
                open.add(again);
                send(again);
            });
        }
    }
}
