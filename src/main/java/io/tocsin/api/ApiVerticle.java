package io.tocsin.api;

import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.tocsin.store.AuditLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API over HTTP. The router is the caller's: other verticles may put calls on it before or after; they pass the
 * same guard, and what no call takes is answered last.
 */
public final class ApiVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(ApiVerticle.class);
    private static final int IDLE_SECONDS = 60;

    private final HttpSettings settings;
    private final Router router;
    private final ApiSources sources;

    private AuditLog audit = AuditLog.NONE;
    private String member = "here";
    private Entrance entrance;
    private StoreReads reads;
    private StreamHub streams;
    private HttpServer server;
    private volatile int actualPort;

    /** Serves what is on the router, and its own calls, at the address of the settings. */
    public ApiVerticle(HttpSettings settings, Router router, ApiSources sources) {
        this.settings = settings;
        this.router = router;
        this.sources = sources;
    }

    /** What is done is written down there, under the name of this member. */
    public ApiVerticle audited(AuditLog log, String name) {
        audit = log;
        member = name;
        return this;
    }

    /** Fails with an {@link IllegalStateException} for people if the address cannot or must not be bound. */
    @Override
    public Future<?> start() {
        entrance = new Entrance(settings, vertx, sources, audit, member);
        return isLoopback().compose(loopback -> {
            if (!loopback && !entrance.required() && !settings.allowAnonymous()) {
                return Future.failedFuture(new IllegalStateException("http.host: " + Text.clean(settings.host())
                        + " would let everybody on the network acknowledge and resolve; bind 127.0.0.1, set"
                        + " accounts.users_file, or set http.allow_anonymous: true"));
            }
            return entrance.open()
                    .compose(open -> vertx.executeBlocking(PageFiles::read))
                    .compose(page -> {
                        mount(loopback, page);
                        return listen();
                    });
        });
    }

    @Override
    public Future<?> stop() {
        if (streams != null) {
            streams.stop();
        }
        Future<Void> closed = server == null ? Future.succeededFuture() : server.shutdown(1, TimeUnit.SECONDS);
        return closed.eventually(entrance::close)
                .eventually(() -> reads == null ? Future.succeededFuture() : reads.close());
    }

    /** The port in use; the settings' own, or the one that was free if they say 0. */
    public int actualPort() {
        return actualPort;
    }

    /** Where it is: {@code http://host:port}. */
    public String address() {
        String host = settings.host();
        return entrance.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + actualPort;
    }

    private Future<Boolean> isLoopback() {
        return vertx.executeBlocking(
                        () -> InetAddress.getByName(settings.host()).isLoopbackAddress())
                .recover(e -> Future.failedFuture(new IllegalStateException(
                        "http.host: \"" + Text.clean(settings.host())
                                + "\" is unknown; name an address of this host, such as 127.0.0.1",
                        e)));
    }

    private void mount(boolean loopback, PageFiles page) {
        reads = new StoreReads(vertx, sources.metrics());
        Calls calls = new Calls(router);
        new AlertRoutes(reads, sources.history()).mount(calls);
        new WhyRoutes(vertx.eventBus(), reads, sources.history(), sources.clock()).mount(calls);
        new CommandRoutes(vertx.eventBus()).mount(calls);
        new StateRoutes(vertx.eventBus(), reads, sources.history(), sources.clock()).mount(calls);
        new MemberRoutes(vertx.eventBus()).mount(calls);
        new RuleRoutes(vertx.eventBus(), reads, sources.history()).mount(calls);
        new ServiceRoutes(reads, sources).mount(calls);
        new StreamRoutes(streams()).mount(calls);
        new SeriesRoutes(vertx.eventBus()).mount(calls);
        new DiagnosticRoutes(reads, sources.history()).mount(calls);
        new PageRoutes(page).mount(calls);
        entrance.mount(calls, reads);
        entrance.guard(router, loopback);
        router.route().last().handler(new Elsewhere(router.getRoutes())::answer).failureHandler(Answers::failed);
    }

    private StreamHub streams() {
        // processes that start at the same instant are told apart too
        String start = Long.toString(sources.clock().millis(), 36)
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36), 36);
        StreamTallies tallies = new StreamTallies(vertx.eventBus(), reads, sources.history(), sources.clock());
        streams = new StreamHub(vertx, start, tallies, sources.metrics());
        streams.start();
        return streams;
    }

    private Future<Void> listen() {
        server = vertx.createHttpServer(entrance.on(new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false)))
                .requestHandler(router);
        entrance.attend(server);
        return server.listen()
                .<Void>map(listening -> {
                    actualPort = listening.actualPort();
                    entrance.watch(listening);
                    log.info(LogFamily.SUCCESS, "★ API is active\n    address  {}", Text.clean(address()));
                    return null;
                })
                .recover(e -> Future.failedFuture(new IllegalStateException(
                        "http.port: " + Text.clean(settings.host()) + ":" + settings.port() + " cannot be bound ("
                                + Text.clean(e.getMessage()) + "); stop what listens there, or set another http.port",
                        e)));
    }
}
