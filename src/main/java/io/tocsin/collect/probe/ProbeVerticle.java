package io.tocsin.collect.probe;

import io.tocsin.bus.LogFamily;
import io.tocsin.collect.Reporter;
import io.tocsin.collect.Site;
import io.tocsin.collect.Ticker;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One probe: asks its question every interval and tells how it ended as a {@code health_check}, and over its component as a
 * {@code component_health} (see {@link Components}). Source {@code probe:<name>}.
 */
public final class ProbeVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(ProbeVerticle.class);

    /** First rounds are spread over this much, so that many probes do not all start at one instant. */
    private static final Duration SPREAD = Duration.ofSeconds(2);

    private final ProbeSettings settings;
    private final Components components;
    private final Site site;
    private final Function<Vertx, Question> ask;
    private final Duration ttl;
    private Question question;
    private Ticker ticker;

    /**
     * @param components shared by all probes of this process
     * @param site this host, which is told of when the probe itself fails
     */
    public ProbeVerticle(ProbeSettings settings, Components components, Site site) {
        this(settings, components, site, vertx -> question(vertx, settings));
    }

    /** With another question. */
    ProbeVerticle(ProbeSettings settings, Components components, Site site, Function<Vertx, Question> ask) {
        this.settings = settings;
        this.components = components;
        this.site = site;
        this.ask = ask;
        this.ttl = settings.every().multipliedBy(3).plus(settings.timeout());
    }

    private static Question question(Vertx vertx, ProbeSettings settings) {
        ProbeSettings.Target target = settings.target();
        if (target instanceof ProbeSettings.Http http) {
            return new HttpQuestion(vertx, http, settings.timeout());
        } else if (target instanceof ProbeSettings.Tcp tcp) {
            return new TcpQuestion(vertx, tcp, settings.timeout());
        } else if (target instanceof ProbeSettings.Dns dns) {
            return new DnsQuestion(vertx, dns, settings.timeout());
        } else if (target instanceof ProbeSettings.Command command) {
            return new CommandQuestion(vertx, command, settings.timeout());
        }
        throw new IllegalArgumentException("no way to ask " + target);
    }

    @Override
    public Future<?> start() {
        Reporter reporter = new Reporter(vertx, "probe:" + settings.name(), site, ttl);
        ticker = new Ticker(vertx, reporter, site, settings.every(), ttl);
        ticker.start(first(), this::round);
        log.info(
                LogFamily.SUCCESS,
                "🩺 probe {} looks at {} of {} every {}",
                Text.clean(settings.name()),
                Text.clean(settings.component()),
                Text.clean(settings.node()),
                Text.duration(settings.every()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ticker.stop();
        if (question != null) {
            question.close();
        }
        components.forget(settings);
        return Future.succeededFuture();
    }

    private Duration first() {
        long most = Math.min(SPREAD.toMillis(), settings.every().toMillis());
        return Duration.ofMillis(Math.floorMod(settings.name().hashCode(), Math.max(1, most)));
    }

    private Future<List<Telemetry>> round() {
        if (question == null) {
            // here and not at the start: a target that is no good is this probe's trouble, not everybody's
            question = ask.apply(vertx);
        }
        long from = System.nanoTime();
        return question.ask()
                .map(answer -> findings(answer, millisSince(from)))
                // a probe that cannot ask knows nothing of its component
                .onFailure(cause -> components.forget(settings));
    }

    private List<Telemetry> findings(Answer answer, double tookMs) {
        Instant now = site.now();
        Head head = Head.of(settings.cluster(), settings.node(), now, ttl);
        return List.of(
                new HealthCheck(head, settings.name(), answer.result(), tookMs, answer.details(), answer.error()),
                components.update(settings, answer, tookMs, ttl, now));
    }

    private static double millisSince(long nanos) {
        return Math.rint((System.nanoTime() - nanos) / 10_000.0) / 100;
    }
}
