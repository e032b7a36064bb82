package io.tocsin.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;

/** Puts calls on a router, each in the way that all of its kind share. */
final class Calls {
    static final long BODY_LIMIT = 64 * 1024;

    private static final long PATIENCE_MS = 30_000;
    private static final String TIMER = "tocsin.body-timer";

    private final Router router;

    Calls(Router router) {
        this.router = router;
    }

    /** A call that reads; HEAD gives its headers. */
    void get(String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** A call that ends something; it has no body. */
    void delete(String path, Handler<RoutingContext> handler) {
        router.delete(path).handler(handler);
    }

    /** A call that changes something; its small body is there when the handler runs. */
    void post(String path, Handler<RoutingContext> handler) {
        router.post(path)
                .handler((PlatformHandler) Calls::hurry)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(Calls::whole)
                .handler(handler)
                .failureHandler(ctx -> {
                    ctx.put(Answers.BODY_LIMIT, BODY_LIMIT);
                    ctx.next();
                });
    }

    /** Who sends a body byte by byte is never idle. */
    private static void hurry(RoutingContext ctx) {
        long timer = ctx.vertx().setTimer(PATIENCE_MS, late -> {
            ctx.response().putHeader(HttpHeaders.CONNECTION, "close");
            ctx.fail(new HttpFault(408, "body: did not end within " + PATIENCE_MS / 1000 + " s"));
        });
        ctx.put(TIMER, timer);
        ctx.addEndHandler(done -> ctx.vertx().cancelTimer(timer));
        ctx.next();
    }

    private static void whole(RoutingContext ctx) {
        ctx.vertx().cancelTimer(ctx.<Long>get(TIMER));
        ctx.next();
    }
}
