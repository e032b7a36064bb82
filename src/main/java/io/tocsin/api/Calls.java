package io.tocsin.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Puts calls on a router, each in the way that all of its kind share. */
final class Calls {
    static final long BODY_LIMIT = 64 * 1024;

    private final Router router;

    Calls(Router router) {
        this.router = router;
    }

    /** A call that reads; HEAD gives its headers. */
    void get(String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** A call that changes something; its small body is there when the handler runs. */
    void post(String path, Handler<RoutingContext> handler) {
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(handler)
                .failureHandler(ctx -> {
                    ctx.put(Answers.BODY_LIMIT, BODY_LIMIT);
                    ctx.next();
                });
    }
}
