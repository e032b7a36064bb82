package io.tocsin.api;

import io.tocsin.api.access.Sessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;

/** The cookie in which a browser keeps a log-in: no script reads it, and no other site makes the browser send it. */
final class SessionCookie {
    private static final String NAME = "tocsin_session";

    private SessionCookie() {}

    /** Under TLS the prefix makes browsers take it over TLS from this host only. */
    static String name(RoutingContext ctx) {
        return ctx.request().isSSL() ? "__Host-" + NAME : NAME;
    }

    static void set(RoutingContext ctx, Sessions.Started session, Instant now) {
        ctx.response()
                .addCookie(cookie(ctx, session.cookie())
                        .setMaxAge(Duration.between(now, session.identity().until())
                                .toSeconds()));
    }

    static void remove(RoutingContext ctx) {
        ctx.response().addCookie(cookie(ctx, "").setMaxAge(0));
    }

    private static Cookie cookie(RoutingContext ctx, String value) {
        return Cookie.cookie(name(ctx), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(ctx.request().isSSL())
                .setSameSite(CookieSameSite.STRICT);
    }
}
