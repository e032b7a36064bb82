package io.tocsin.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encrypts what goes over the wire, and takes up a new certificate while it runs. */
final class Tls {
    static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private static final Logger log = LoggerFactory.getLogger(ApiVerticle.class);
    private static final long LOOK_MS = 2000;
    private static final Duration SOON = Duration.ofDays(14);

    private final Vertx vertx;
    private final TlsFiles files;
    private final Clock clock;
    private final MeterRegistry registry;
    private TlsFiles.Pair now;

    /** Settings may be null: then there is none. */
    Tls(Vertx vertx, TlsSettings settings, Clock clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.files = settings == null ? null : new TlsFiles(vertx, settings);
        this.clock = clock;
        this.registry = registry;
    }

    boolean used() {
        return files != null;
    }

    /** Reads the files; fails with an {@link IllegalStateException} for people. */
    Future<Void> open() {
        if (!used()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(files::read).map(pair -> {
            taken(pair);
            Gauge.builder("tocsin_tls_expires_seconds", this, Tls::left)
                    .description("Until the certificate ends")
                    .register(registry);
            return null;
        });
    }

    private double left() {
        return Duration.between(clock.instant(), now.until()).toSeconds();
    }

    /** The server's options, with all that TLS needs. */
    HttpServerOptions on(HttpServerOptions options) {
        return used()
                ? options.setSsl(true)
                        .setUseAlpn(false)
                        .setKeyCertOptions(pem(now))
                        .setEnabledSecureTransportProtocols(PROTOCOLS)
                : options;
    }

    /** From now on files that change are taken up. */
    void watch(HttpServer server) {
        if (used()) {
            vertx.setTimer(
                    LOOK_MS,
                    any -> vertx.executeBlocking(files::changed)
                            .compose(changed -> changed ? lookAgain(server) : Future.succeededFuture())
                            .onComplete(done -> watch(server)));
        }
    }

    /** Reads the files again; if they are wrong, nothing changes. */
    Future<Void> lookAgain(HttpServer server) {
        if (!used()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(files::read)
                .compose(pair -> pair.same(now)
                        ? Future.<Void>succeededFuture()
                        : server.updateSSLOptions(new ServerSSLOptions()
                                        .setUseAlpn(false)
                                        .setKeyCertOptions(pem(pair))
                                        .setEnabledSecureTransportProtocols(PROTOCOLS))
                                .map(done -> {
                                    taken(pair);
                                    log.info(
                                            LogFamily.SUCCESS,
                                            "★ new certificate is active\n    valid until  {}",
                                            pair.until());
                                    return null;
                                }))
                .onFailure(fault -> {
                    registry.counter("tocsin_tls_refused_total").increment();
                    log.error(
                            LogFamily.FAILURE,
                            "❌ new certificate not taken up, the one before stays: {}",
                            Text.clean(fault.getMessage()));
                });
    }

    private void taken(TlsFiles.Pair pair) {
        now = pair;
        Instant at = clock.instant();
        if (pair.until().isBefore(at)) {
            log.warn(
                    LogFamily.FAILURE,
                    "⚠️ the certificate of http.tls.cert ended at {}: clients refuse it",
                    pair.until());
        } else if (pair.until().isBefore(at.plus(SOON))) {
            log.warn(LogFamily.ACTION, "⚠️ the certificate of http.tls.cert ends at {}", pair.until());
        }
    }

    private static PemKeyCertOptions pem(TlsFiles.Pair pair) {
        return new PemKeyCertOptions().setCertValue(pair.cert()).setKeyValue(pair.key());
    }
}
