package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/** Stands before every call: tells browsers what they may do with the answer, and refuses what other sites make them send. */
final class Guard {
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final boolean loopback;
    private final MeterRegistry registry;

    /**
     * For one server.
     *
     * @param loopback whether it is reached on this host only, so that any other name in a request is a trick
     * @param registry where refusals are counted
     */
    Guard(boolean loopback, MeterRegistry registry) {
        this.loopback = loopback;
        this.registry = registry;
    }

    void check(RoutingContext ctx) {
        headers(ctx.response().headers());
        String host = ctx.request().getHeader(HttpHeaders.HOST);
        String origin = ctx.request().getHeader(HttpHeaders.ORIGIN);
        if (loopback && host != null && !ofThisHost(host)) {
            refuse(ctx, "host", "Host " + Nearest.quoted(host) + " is not served; use 127.0.0.1 or localhost");
        } else if (!HARMLESS.contains(ctx.request().method()) && origin != null && !sameOrigin(origin, host)) {
            refuse(
                    ctx,
                    "origin",
                    "Origin " + Nearest.quoted(origin) + " may not send commands; allowed is this server's own");
        } else {
            ctx.next();
        }
    }

    private static void headers(MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Content-Security-Policy", POLICY)
                .set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private void refuse(RoutingContext ctx, String reason, String message) {
        registry.counter("tocsin.http.refused", "reason", reason).increment();
        ctx.fail(new HttpFault(403, message));
    }

    private static boolean sameOrigin(String origin, String host) {
        int end = origin.indexOf("://");
        return end > 0 && origin.substring(end + 3).equalsIgnoreCase(host);
    }

    /** A name that another site can point at this host by DNS is not among these. */
    private static boolean ofThisHost(String authority) {
        HostAndPort place = HostAndPort.parseAuthority(authority, -1);
        if (place == null) {
            return false;
        }
        String host = place.host().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
