package io.tocsin.collect.bus;

import io.tocsin.bus.Address;
import io.tocsin.bus.Decoded;
import io.tocsin.bus.Failure;
import io.tocsin.bus.InvalidMessage;
import io.tocsin.bus.Limits;
import io.tocsin.bus.LogFamily;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.bus.TelemetryJson.Format;
import io.tocsin.collect.Answers;
import io.tocsin.collect.Inflow;
import io.tocsin.collect.Site;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes telemetry by the event bus at {@link Address#TELEMETRY}, from any Vert.x application of the cluster: a
 * {@link JsonObject}, a {@link JsonArray}, or a {@link Buffer} or {@link String} of JSON. Replies
 * {@code {accepted, rejected}}, or fails with a code of {@link Failure}. Source {@code bus}.
 */
public final class BusIntakeVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(BusIntakeVerticle.class);
    private static final int LARGE = 64 * 1024;
    private static final int MANY = 200;
    private static final int LONGEST = 4 * 1024 * 1024;
    private static final int BROKEN = 500;

    private final Limits limits;
    private final Site site;
    private Inflow inflow;
    private MessageConsumer<Object> consumer;

    /** Takes what these limits allow. */
    public BusIntakeVerticle(Limits limits, Site site) {
        this.limits = limits;
        this.site = site;
    }

    @Override
    public Future<?> start() {
        inflow = new Inflow(vertx, "bus", site, Inflow.MOST_MESSAGES).start();
        consumer = vertx.eventBus().consumer(Address.TELEMETRY, this::take);
        return consumer.completion()
                .onSuccess(ready -> log.info(
                        LogFamily.SUCCESS, "★ collector bus takes telemetry at address {}", Address.TELEMETRY));
    }

    @Override
    public Future<?> stop() {
        inflow.stop();
        return consumer.unregister();
    }

    private void take(Message<Object> message) {
        decode(message.body())
                .onSuccess(decoded -> message.reply(Answers.of(decoded)))
                .onFailure(cause -> failed(message, cause));
    }

    private Future<Decoded> decode(Object body) {
        if (body instanceof JsonObject one) {
            return inflow.take(now -> TelemetryJson.decode(one, now, limits), false);
        } else if (body instanceof JsonArray many) {
            return inflow.take(now -> some(TelemetryJson.decode(many, now, limits)), many.size() > MANY);
        } else if (body instanceof Buffer bytes) {
            return decodeText(bytes);
        } else if (body instanceof String text) {
            return decodeText(Buffer.buffer(text));
        }
        inflow.refused("type");
        String found = body == null ? "nothing" : body.getClass().getSimpleName();
        return Future.failedFuture(new InvalidMessage(
                "body: found " + found + ", expected a JsonObject, a JsonArray, or JSON as Buffer or String"));
    }

    private Future<Decoded> decodeText(Buffer text) {
        if (text.length() > LONGEST) {
            inflow.refused("too_large");
            return Future.failedFuture(
                    new InvalidMessage("body: found " + text.length() + " bytes, at most " + LONGEST + " are allowed"));
        }
        return inflow.take(now -> some(TelemetryJson.decode(text, Format.JSON, now, limits)), text.length() > LARGE);
    }

    private static Decoded some(Decoded decoded) {
        if (decoded.accepted().isEmpty() && decoded.rejected().isEmpty()) {
            throw new InvalidMessage("body: the array is empty, at least one message is expected");
        }
        return decoded;
    }

    private static void failed(Message<Object> message, Throwable cause) {
        if (cause instanceof ReplyException reply) {
            message.fail(reply.failureCode(), reply.getMessage());
        } else if (cause instanceof InvalidMessage) {
            message.fail(Failure.INVALID, cause.getMessage());
        } else {
            message.fail(BROKEN, "the body could not be read, which is our fault");
        }
    }
}
