package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.api.access.AccessControl;
import io.tocsin.api.access.Auditor;
import io.tocsin.api.access.Buckets;
import io.tocsin.api.access.Logouts;
import io.tocsin.api.access.Note;
import io.tocsin.bus.Address;
import io.tocsin.store.AuditLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** All that a request has to pass before a call sees it, and what is written down about those that do. */
final class Entrance {
    /** Before everything else on the router. */
    static final int FIRST = -100;

    private static final int LIMIT = -75;
    private static final String INTAKE = "/api/v1/telemetry";

    private final HttpSettings settings;
    private final Vertx vertx;
    private final AuditLog log;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Auditor auditor;
    private final AccessControl access;
    private final Tls tls;
    private final Lasting lasting;
    private final Connections connections;

    /** For one server. */
    Entrance(HttpSettings settings, Vertx vertx, ApiSources sources, AuditLog log, String member) {
        this.settings = settings;
        this.vertx = vertx;
        this.log = log;
        this.clock = sources.clock();
        this.registry = sources.metrics();
        this.auditor = new Auditor(vertx, log, clock, registry, member);
        this.access =
                new AccessControl(settings.accounts(), vertx, auditor, new Logouts(vertx, log, clock), clock, registry);
        this.tls = new Tls(vertx, settings.tls(), clock, registry);
        this.lasting = new Lasting(registry);
        this.connections = new Connections(vertx, registry);
    }

    /** Reads accounts and certificates; fails with an {@link IllegalStateException} for people. */
    Future<Void> open() {
        auditor.start();
        lasting.start(vertx);
        vertx.eventBus().<JsonObject>localConsumer(Address.AUDIT, message -> noted(message.body()));
        return access.open().compose(done -> tls.open());
    }

    /** Calls of its own. */
    void mount(Calls calls, StoreReads reads) {
        new SessionRoutes(access, auditor, clock).mount(calls);
        new AuditRoutes(reads, log, clock).mount(calls);
    }

    /** Stands before all that is on the router now. */
    void guard(Router router, boolean loopback) {
        new Gate(access, auditor, registry, lasting).mount(router);
        router.route().order(FIRST).handler(connections::request).handler(new Guard(loopback, registry)::check);
        if (settings.intakeLimit() > 0) {
            Buckets buckets = new Buckets(2.0 * settings.intakeLimit(), settings.intakeLimit());
            router.route(INTAKE).method(HttpMethod.POST).order(LIMIT).handler(ctx -> limited(ctx, buckets));
        }
    }

    private void limited(RoutingContext ctx, Buckets buckets) {
        Asker asker = Asker.asker(ctx);
        Duration wait =
                buckets.take((asker.named() ? asker.identity().name() : "") + "@" + asker.client(), clock.instant());
        if (wait.isZero()) {
            ctx.next();
            return;
        }
        registry.counter("tocsin.http.refused", "reason", "intake limit").increment();
        ctx.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        ctx.fail(new HttpFault(
                429,
                "more than " + settings.intakeLimit()
                        + " requests a second of this client (http.intake_limit); put more messages into one request"));
    }

    HttpServerOptions on(HttpServerOptions options) {
        return tls.on(options);
    }

    /** Before the server listens. */
    void attend(HttpServer server) {
        server.connectionHandler(connections::opened);
        server.invalidRequestHandler(new Unreadable(registry)::answer);
    }

    /** The server listens. */
    void watch(HttpServer server) {
        tls.watch(server);
        vertx.eventBus().<Object>localConsumer(Address.RELOAD_ACCESS, any -> {
            access.lookAgain();
            tls.lookAgain(server);
        });
    }

    /** {@code http} or {@code https}. */
    String scheme() {
        return tls.used() ? "https" : "http";
    }

    /** Whether requests must say who sends them. */
    boolean required() {
        return access.required();
    }

    private void noted(JsonObject note) {
        auditor.done(new Note(
                note.getString("actor"),
                false,
                note.getString("action"),
                note.getString("target"),
                Note.Outcome.valueOf(note.getString("outcome").toUpperCase(Locale.ROOT)),
                note.getString("detail"),
                note.getString("client"),
                null));
    }

    /** What waits to be written down is. */
    Future<Void> close() {
        return access.close().eventually(auditor::stop);
    }
}
