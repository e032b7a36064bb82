package io.tocsin.collect.http;

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
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes telemetry by HTTP: mounts {@code POST /api/v1/telemetry} on a router that somebody else serves. One message, an
 * array, or NDJSON; any content type but that of NDJSON is read as JSON. Compressed bodies are refused. Source
 * {@code http}.
 */
public final class HttpIntakeVerticle extends VerticleBase {
    /** Where telemetry is posted to. */
    public static final String PATH = "/api/v1/telemetry";

    private static final Logger log = LoggerFactory.getLogger(HttpIntakeVerticle.class);
    private static final int LARGE = 64 * 1024;
    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED = 415;
    private static final int BROKEN = 500;

    private final HttpIntakeSettings settings;
    private final Limits limits;
    private final Router router;
    private final Site site;
    private final int mostMessages;
    private final AtomicLong held = new AtomicLong();
    private Inflow inflow;
    private Route route;

    /**
     * @param defaultTtl how long a reading counts as fresh when it does not say
     * @param router gets the route; whoever serves it must not have read the body
     */
    public HttpIntakeVerticle(HttpIntakeSettings settings, Duration defaultTtl, Router router, Site site) {
        this(settings, new Limits(settings.maxMessages(), defaultTtl), router, site, Inflow.MOST_MESSAGES);
    }

    HttpIntakeVerticle(HttpIntakeSettings settings, Limits limits, Router router, Site site, int mostMessages) {
        this.settings = settings;
        this.limits = limits;
        this.router = router;
        this.site = site;
        this.mostMessages = mostMessages;
    }

    @Override
    public Future<?> start() {
        inflow = new Inflow(vertx, "http", site, mostMessages).start();
        route = router.post(PATH).handler(this::take);
        log.info(LogFamily.SUCCESS, "★ collector http takes telemetry at POST {}", PATH);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        inflow.stop();
        route.remove();
        return Future.succeededFuture();
    }

    private void take(RoutingContext ctx) {
        Refusal refusal = refusal(ctx.request());
        if (refusal != null) {
            failed(ctx, refusal);
            return;
        }
        Format format = format(ctx.request().getHeader("Content-Type"));
        Body body = new Body(ctx.request(), settings.maxBody(), held);
        body.read(vertx)
                .compose(bytes -> decode(bytes, format))
                .onComplete(done -> body.release())
                .onSuccess(decoded -> done(ctx, decoded))
                .onFailure(cause -> failed(ctx, cause));
    }

    private Future<Decoded> decode(Buffer body, Format format) {
        return inflow.take(
                now -> {
                    Decoded decoded = TelemetryJson.decode(body, format, now, limits);
                    if (decoded.accepted().isEmpty() && decoded.rejected().isEmpty()) {
                        throw new InvalidMessage("the body holds no message, at least one is expected");
                    }
                    return decoded;
                },
                body.length() > LARGE);
    }

    private static Refusal refusal(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equalsIgnoreCase(self(request))) {
            return new Refusal(
                    FORBIDDEN,
                    "foreign_origin",
                    "Origin: found \"" + Text.clean(Text.cut(origin, 100)) + "\", a page of another site may not send;"
                            + " allowed is none, or " + Text.clean(Text.cut(self(request), 100)));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new Refusal(
                    UNSUPPORTED,
                    "encoding",
                    "Content-Encoding: found \"" + Text.clean(Text.cut(encoding, 100))
                            + "\", a body must not be compressed");
        }
        return null;
    }

    private static String self(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return request.scheme() + "://" + (host == null ? String.valueOf(request.authority()) : host);
    }

    private static Format format(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        return type.toLowerCase(Locale.ROOT).equals("application/x-ndjson") ? Format.NDJSON : Format.JSON;
    }

    private static void done(RoutingContext ctx, Decoded decoded) {
        JsonObject answer = Answers.of(decoded);
        if (decoded.accepted().isEmpty()) {
            answer.put("error", "no message was valid, see rejected");
            answer(ctx, Failure.INVALID, answer);
        } else {
            answer(ctx, ACCEPTED, answer);
        }
    }

    private void failed(RoutingContext ctx, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            inflow.refused(refusal.reason());
            again(ctx, refusal.status());
            answer(ctx, refusal.status(), new JsonObject().put("error", refusal.getMessage()));
        } else if (cause instanceof InvalidMessage) {
            answer(ctx, Failure.INVALID, Answers.nothing(cause.getMessage()));
        } else if (cause instanceof ReplyException reply) {
            again(ctx, reply.failureCode());
            answer(ctx, reply.failureCode(), new JsonObject().put("error", reply.getMessage()));
        } else {
            answer(ctx, BROKEN, new JsonObject().put("error", "the body could not be read, which is our fault"));
        }
    }

    private static void again(RoutingContext ctx, int status) {
        if (status == Failure.BUSY && !ctx.response().closed()) {
            ctx.response().putHeader("Retry-After", "1");
        }
    }

    private static void answer(RoutingContext ctx, int status, JsonObject body) {
        if (!ctx.response().closed()) {
            ctx.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(body.toBuffer());
        }
    }
}
