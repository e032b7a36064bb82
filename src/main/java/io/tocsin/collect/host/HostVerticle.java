package io.tocsin.collect.host;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.collect.Reporter;
import io.tocsin.collect.Site;
import io.tocsin.collect.Ticker;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches this host: every interval one {@code resource_usage} for the processor, the memory, each file system and each
 * network interface. Its calls block and run on a worker. Source {@code host}.
 */
public final class HostVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(HostVerticle.class);

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final HostSettings settings;
    private final Site site;
    private final Sampler sampler;
    private Ticker ticker;

    /** Watches this host as the settings say. */
    public HostVerticle(HostSettings settings, Supplier<Instant> clock, MeterRegistry registry) {
        this(settings, new Site(settings.cluster(), settings.node(), clock, registry), null);
    }

    /** With another way to read the host; null for the real one. */
    HostVerticle(HostSettings settings, Site site, Sampler sampler) {
        this.settings = settings;
        this.site = site;
        this.sampler = sampler == null ? new HostSampler(settings, site.registry()) : sampler;
    }

    @Override
    public Future<?> start() {
        Duration patience = settings.every().multipliedBy(3);
        Reporter reporter = new Reporter(vertx, "host", site, patience);
        ticker = new Ticker(vertx, reporter, site, settings.every(), patience);
        // loads and rates need an interval: what this look finds is only where they count from
        sample();
        ticker.start(FIRST.compareTo(settings.every()) < 0 ? FIRST : settings.every(), this::sample);
        log.info(
                LogFamily.SUCCESS,
                "★ collector host watches {} every {}",
                Text.clean(settings.node()),
                Text.duration(settings.every()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ticker.stop();
        return Future.succeededFuture();
    }

    private Future<List<Telemetry>> sample() {
        return vertx.executeBlocking(() -> sampler.sample(site.now()));
    }
}
