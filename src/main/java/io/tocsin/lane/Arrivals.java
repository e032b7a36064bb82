package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Failure;
import io.tocsin.lane.record.Pack;
import io.tocsin.lane.record.RecordingFault;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Parcels of other members. One that comes again, because its sender had no answer, gets the answer of the first. Bytes
 * that no member of ours packed are refused and counted.
 */
final class Arrivals {
    private static final int MOST_SENDERS = 256;
    private static final int MOST_REMEMBERED = 64;

    private final Counter twice;
    private final Counter refused;
    private final Map<String, Map<Long, Future<Set<String>>>> senders = remembering(MOST_SENDERS);

    Arrivals(MeterRegistry registry) {
        this.twice = registry.counter("tocsin_forwarded_twice_total");
        this.refused = registry.counter("tocsin_intake_refused_total", "reason", "not packed by a member");
    }

    /** Takes a parcel; {@code taken} gives the clusters that are not this member's. */
    void take(Message<?> message, Function<List<Telemetry>, Future<Set<String>>> taken) {
        String from = message.headers().get("from");
        long seq = number(message.headers().get("seq"));
        if (from == null || from.length() > 64 || seq < 0 || !(message.body() instanceof Buffer parcel)) {
            refuse(message, "expected packed telemetry with headers from and seq");
            return;
        }
        Map<Long, Future<Set<String>>> known = senders.computeIfAbsent(from, any -> remembering(MOST_REMEMBERED));
        Future<Set<String>> answer = known.get(seq);
        if (answer != null) {
            twice.increment();
        } else {
            try {
                answer = taken.apply(Pack.read(parcel.getBytes()));
            } catch (RecordingFault fault) {
                refuse(message, fault.getMessage());
                return;
            }
            known.put(seq, answer);
            answer.onFailure(any -> known.remove(seq));
        }
        answer.onSuccess(names -> message.reply(new JsonArray(List.copyOf(names))))
                .onFailure(fault -> message.fail(
                        fault instanceof ReplyException reply && reply.failureCode() > 0
                                ? reply.failureCode()
                                : Failure.BUSY,
                        Text.clean(String.valueOf(fault.getMessage()))));
    }

    private void refuse(Message<?> message, String why) {
        refused.increment();
        message.fail(Failure.INVALID, Text.clean(why));
    }

    private static long number(String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static <K, V> Map<K, V> remembering(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
