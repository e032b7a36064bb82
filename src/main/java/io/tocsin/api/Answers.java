package io.tocsin.api;

import io.tocsin.bus.Failure;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.tocsin.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How answers are written, good ones and others. */
final class Answers {
    /** Under this key a call leaves the most bytes that its body may have. */
    static final String BODY_LIMIT = "tocsin.body-limit";

    private static final Logger log = LoggerFactory.getLogger(ApiVerticle.class);
    private static final Set<Integer> PASSED_ON =
            Set.of(Failure.INVALID, Failure.NOT_FOUND, Failure.CONFLICT, Failure.BUSY);

    private Answers() {}

    /** 200 with what is to come, encoded already or not; or what went wrong instead. */
    static void send(RoutingContext ctx, Future<?> answer) {
        answer.onSuccess(value -> json(ctx, 200, value)).onFailure(ctx::fail);
    }

    static void json(RoutingContext ctx, int status, Object value) {
        write(ctx, status, "application/json", value instanceof Buffer buffer ? buffer : Json.encodeToBuffer(value));
    }

    static void write(RoutingContext ctx, int status, String type, Buffer body) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    /** The answer to a request that failed; nothing of what is inside goes out. */
    static void failed(RoutingContext ctx) {
        if (ctx.response().headWritten()) {
            ctx.request().connection().close();
            return;
        }
        HttpFault fault = fault(ctx);
        if (fault.status() == Failure.BUSY) {
            ctx.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        if (fault.status() == 413) {
            ctx.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        json(ctx, fault.status(), new JsonObject().put("error", fault.getMessage()));
    }

    private static HttpFault fault(RoutingContext ctx) {
        Throwable failure = ctx.failure();
        if (failure instanceof HttpFault fault) {
            return fault;
        }
        if (failure instanceof ReplyException reply) {
            return reply(ctx, reply);
        }
        if (failure instanceof StoreException) {
            log.warn(LogFamily.FAILURE, "❌ {} not answered: {}", place(ctx), Text.clean(failure.getMessage()));
            return HttpFault.busy("the store cannot be read at present; try again, the log says why");
        }
        if (failure instanceof TimeoutException) {
            log.warn(LogFamily.FAILURE, "❌ {} not answered in time", place(ctx));
            return HttpFault.busy("no answer in time; try again");
        }
        int status = failure instanceof HttpException http ? http.getStatusCode() : ctx.statusCode();
        if (status == 413) {
            Object limit = ctx.get(BODY_LIMIT);
            return new HttpFault(
                    413, "body: is too large" + (limit == null ? "" : "; allowed are " + limit + " bytes"));
        }
        if (status >= 400 && status < 500) {
            return new HttpFault(
                    status, "the request cannot be read; is every % in its address followed by two hex digits?");
        }
        return internal(ctx, failure);
    }

    private static HttpFault reply(RoutingContext ctx, ReplyException reply) {
        return switch (reply.failureType()) {
            case RECIPIENT_FAILURE ->
                PASSED_ON.contains(reply.failureCode())
                        ? new HttpFault(reply.failureCode(), Text.clean(reply.getMessage()))
                        : internal(ctx, reply);
            case NO_HANDLERS -> HttpFault.busy("nobody answers this yet: the appliance starts or stops; try again");
            case TIMEOUT -> HttpFault.busy("no answer in time; a command may still take effect; look, then try again");
            default -> internal(ctx, reply);
        };
    }

    private static HttpFault internal(RoutingContext ctx, Throwable failure) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        log.error(LogFamily.FAILURE, "❌ {} failed inside, id {}", place(ctx), id, failure);
        return new HttpFault(500, "internal error, see the log, id " + id);
    }

    private static String place(RoutingContext ctx) {
        return ctx.request().method() + " " + Text.clean(Text.cut(ctx.request().path(), 200));
    }
}
