package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.api.access.AccessControl;
import io.tocsin.api.access.Auditor;
import io.tocsin.api.access.Credentials;
import io.tocsin.api.access.Identity;
import io.tocsin.api.access.Note;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * Stands before every call that is served and asks who sends the request and whether they may, as {@link Access} has it. It
 * finds calls by the same routes that serve them, so no spelling of a path gets round it.
 */
final class Gate {
    private static final int WHO = -90;
    private static final int MAY = -80;
    private static final int NOBODY = -70;
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AccessControl access;
    private final Auditor auditor;
    private final MeterRegistry registry;
    private final Lasting lasting;

    Gate(AccessControl access, Auditor auditor, MeterRegistry registry, Lasting lasting) {
        this.access = access;
        this.auditor = auditor;
        this.registry = registry;
        this.lasting = lasting;
    }

    /**
     * From now on, for all that is on the router.
     *
     * @throws IllegalStateException naming a call of which the table does not say who may make it
     */
    void mount(Router router) {
        List<Route> served = List.copyOf(router.getRoutes());
        router.route().order(WHO).handler(this::who);
        for (Route route : served) {
            if (route.isRegexPath() && route.getPath() == null) {
                throw new IllegalStateException("a call by a regular expression is served, and Access cannot name it");
            }
            if (route.getPath() != null) {
                guard(router, route);
            }
        }
        router.route().order(NOBODY).handler(ctx -> {
            if (Asker.asker(ctx).passed()) {
                ctx.next();
            } else if (Asker.of(ctx) == null) {
                unknown(ctx);
            } else {
                new Elsewhere(served).answer(ctx);
            }
        });
    }

    private void guard(Router router, Route route) {
        String shown = Elsewhere.shown(route);
        if (route.methods() == null || route.methods().isEmpty()) {
            throw new IllegalStateException(shown + " is served for every method; name those that it takes");
        }
        for (HttpMethod method : route.methods()) {
            Access.Need need = Access.of(method, shown);
            if (need == null) {
                throw new IllegalStateException("Access does not say who may " + method + " " + shown);
            }
            router.route(Elsewhere.path(route))
                    .method(method)
                    .order(MAY)
                    .handler(ctx -> may(ctx, need, method + " " + shown));
        }
    }

    private void who(RoutingContext ctx) {
        Asker asker = Asker.begin(ctx);
        Credentials.Claim claim = claim(ctx);
        asker.is(claim.identity(), claim.problem());
        ctx.next();
    }

    private Credentials.Claim claim(RoutingContext ctx) {
        var cookie = ctx.request().getCookie(SessionCookie.name(ctx));
        return access.who(
                ctx.request().getHeader(HttpHeaders.AUTHORIZATION), cookie == null ? null : cookie.getValue());
    }

    private void may(RoutingContext ctx, Access.Need need, String call) {
        Asker asker = Asker.asker(ctx);
        Identity identity = asker.identity();
        if (need.open()) {
            asker.pass();
            ctx.next();
        } else if (identity == null) {
            unknown(ctx);
        } else if (!need.allows(identity.role())) {
            refuse(asker, "role", call, "needs " + need.word());
            ctx.fail(new HttpFault(
                    403,
                    call + " needs " + need.word() + "; " + identity.name() + " has "
                            + identity.role().wire()));
        } else if (forged(ctx, identity)) {
            refuse(asker, "csrf", call, "without a valid X-CSRF-Token");
            ctx.fail(new HttpFault(
                    403, "X-CSRF-Token: is missing or wrong; send the csrf of GET /api/v1/session with every command"));
        } else {
            if (need.action() != null) {
                written(ctx, asker, need.action());
            }
            if (need.lasting() && access.required()) {
                lasting.add(ctx, () -> {
                    Identity now = claim(ctx).identity();
                    return now != null && need.allows(now.role());
                });
            }
            asker.pass();
            ctx.next();
        }
    }

    /** A browser sends a cookie with whatever it is made to send; the header only a page of ours can add. */
    private boolean forged(RoutingContext ctx, Identity identity) {
        return identity.kind() == Identity.Kind.SESSION
                && !HARMLESS.contains(ctx.request().method())
                && !access.sessions().csrf(identity, ctx.request().getHeader("X-CSRF-Token"));
    }

    private void unknown(RoutingContext ctx) {
        count("credentials");
        ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"tocsin\"");
        ctx.fail(new HttpFault(401, Asker.asker(ctx).problem()));
    }

    private void refuse(Asker asker, String reason, String call, String why) {
        count(reason);
        auditor.refused(asker.note("denied", call, Note.Outcome.REFUSED, why));
    }

    private void count(String reason) {
        registry.counter("tocsin.http.refused", "reason", reason).increment();
    }

    /** What is done is written down when it is known how it went. */
    private void written(RoutingContext ctx, Asker asker, String action) {
        ctx.addEndHandler(done -> {
            int status = ctx.response().getStatusCode();
            Note.Outcome outcome = done.failed() || status >= 500
                    ? Note.Outcome.FAILED
                    : status >= 400 ? Note.Outcome.REFUSED : Note.Outcome.OK;
            String target = asker.target() == null ? ctx.pathParam("id") : asker.target();
            auditor.done(asker.note(action, target, outcome, asker.detail()));
        });
    }
}
