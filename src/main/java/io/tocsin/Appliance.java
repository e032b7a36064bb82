package io.tocsin;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.api.ApiSources;
import io.tocsin.api.ApiVerticle;
import io.tocsin.api.Readiness;
import io.tocsin.bus.Address;
import io.tocsin.bus.Limits;
import io.tocsin.bus.LocalCodec;
import io.tocsin.bus.LogFamily;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.Site;
import io.tocsin.collect.bus.BusIntakeVerticle;
import io.tocsin.collect.capture.CaptureVerticle;
import io.tocsin.collect.host.HostVerticle;
import io.tocsin.collect.http.HttpIntakeVerticle;
import io.tocsin.collect.probe.Components;
import io.tocsin.collect.probe.ProbeVerticle;
import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.lane.LaneSettings;
import io.tocsin.lane.Lanes;
import io.tocsin.lane.record.Recorder;
import io.tocsin.membership.Members;
import io.tocsin.membership.Ownership;
import io.tocsin.notify.DispatchVerticle;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.Receivers;
import io.tocsin.store.SqlStore;
import io.tocsin.store.Store;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole product in one object: starts what is downstream first (store, notifiers, lanes) and what brings telemetry in
 * last, and ends in the reverse order. A test can start one in its own process.
 */
public final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final Settings settings;
    private final Clock clock;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deployments parts = new Deployments();
    private RuleReload reload;
    private RuleBook book;
    private Store store;
    private Members members;
    private Vertx vertx;
    private ApiVerticle api;
    private Recorder recorder;
    private Lanes lanes;
    private WellBeing wellBeing;

    private Appliance(Settings settings, Clock clock, RuleBook book) {
        this.settings = settings;
        this.clock = clock;
        this.book = book;
    }

    /**
     * Starts an appliance; when this returns, it takes telemetry.
     *
     * @param settings what it does
     * @param clock what time it is
     * @throws StartException with every reason why it cannot; nothing is left running
     */
    public static Appliance start(Settings settings, Clock clock) throws StartException {
        return start(settings, clock, null);
    }

    /** The same under rules that are compiled already and never change; null to read them as the settings say. */
    static Appliance start(Settings settings, Clock clock, RuleBook book) throws StartException {
        Appliance appliance = new Appliance(settings, clock, book);
        try {
            appliance.begin();
            return appliance;
        } catch (StartException fault) {
            appliance.close();
            throw fault;
        } catch (RuntimeException fault) {
            appliance.close();
            throw new StartException(List.of(Deployments.reason(fault)), fault);
        }
    }

    private void begin() throws StartException {
        ProcessMeters.bind(registry);
        reload = book == null ? new RuleReload(settings, clock) : null;
        CompletableFuture<RuleBook> rules = CompletableFuture.supplyAsync(this::load);
        store = SqlStore.open(settings.store(), new StoreJson(), registry, clock, Together.holder(settings));
        book = rules(rules);
        store.saveRules(book.hash(), book.rules());
        members = Together.members(settings, store, registry, clock);
        vertx = Deployments.await(members.start());
        parts.on(vertx);
        vertx.eventBus().registerDefaultCodec(TelemetryBatch.class, new LocalCodec<>(TelemetryBatch.class));
        vertx.eventBus().registerDefaultCodec(RuleBook.class, new LocalCodec<>(RuleBook.class));
        notifiers();
        lanes();
        if (reload != null) {
            reload.onTake(wellBeing::rules);
            parts.deploy(reload.verticle(store, registry), new DeploymentOptions());
        }
        doors();
        collectors();
        Deployments.await(wellBeing.begin());
        vertx.setPeriodic(PURGE_EVERY.toMillis(), any -> vertx.executeBlocking(() -> store.purge(clock.instant())));
    }

    private RuleBook load() {
        try {
            return reload == null ? book : reload.load();
        } catch (RuleProblems problems) {
            throw new CompletionException(problems);
        }
    }

    private RuleBook rules(CompletableFuture<RuleBook> loading) throws StartException {
        try {
            return loading.join();
        } catch (CompletionException fault) {
            if (fault.getCause() instanceof RuleProblems problems) {
                throw new StartException(
                        problems.problems().stream()
                                .map(problem -> settings.rules().path() + "/" + problem)
                                .toList(),
                        problems);
            }
            throw fault;
        }
    }

    private void notifiers() throws StartException {
        Ownership ownership = members.ownership();
        ReceiverWatch health = Together.receivers(vertx, settings, clock, registry, ownership);
        List<Deployable> receivers = new ArrayList<>();
        for (ReceiverSettings receiver : settings.receivers()) {
            DispatchVerticle desk = new DispatchVerticle(
                            receiver,
                            Receivers.of(receiver, vertx, clock::instant, Together.lastLook(store, receiver)),
                            store,
                            clock::instant,
                            registry,
                            health::heard)
                    .sendingWhen(() -> ownership.sends(receiver.name()));
            ownership.onChange(desk::recheck);
            receivers.add(desk);
        }
        parts.deployTogether(receivers);
    }

    private void lanes() throws StartException {
        LaneParts lane = new LaneParts(settings, book, store, members, clock, registry);
        LaneSettings all = lane.settings();
        recorder = Recordings.begin(all, clock.instant(), registry);
        lanes = lane.deploy(parts, all, recorder);
        wellBeing = new WellBeing(members, book.hash(), lanes::trouble);
        parts.deploy(new WhoHasWhat(store, members, wellBeing::look, clock, registry), new DeploymentOptions());
    }

    private void doors() throws StartException {
        Router router = Router.router(vertx);
        if (settings.httpIntake().enabled()) {
            parts.deploy(
                    new HttpIntakeVerticle(
                            settings.httpIntake(), settings.telemetry().defaultTtl(), router, site()),
                    new DeploymentOptions());
        }
        Supplier<Readiness> readiness = () -> new Readiness(
                members.joined(), store.reachable(), true, lanes.trouble().orElse(null));
        api = new ApiVerticle(settings.http(), router, new ApiSources(store, readiness, registry, clock))
                .audited(store, Together.name(settings, members));
        parts.deploy(api, new DeploymentOptions());
        vertx.eventBus().publish(Address.AUDIT, Welcome.note(book), Address.LOCAL);
    }

    private void collectors() throws StartException {
        if (settings.busIntake().enabled()) {
            Limits limits = new Limits(
                    settings.httpIntake().maxMessages(), settings.telemetry().defaultTtl());
            parts.deploy(new BusIntakeVerticle(limits, site()), new DeploymentOptions());
        }
        parts.deploy(new CaptureVerticle(site()), new DeploymentOptions());
        Components components = new Components();
        for (var probe : settings.probes()) {
            parts.deploy(new ProbeVerticle(probe, components, site()), new DeploymentOptions());
        }
        if (settings.host().enabled()) {
            parts.deploy(new HostVerticle(settings.host(), clock::instant, registry), new DeploymentOptions());
        }
        if (settings.watchdog() != null) {
            parts.deploy(Together.watchdog(settings, members, registry, clock), new DeploymentOptions());
        }
    }

    private Site site() {
        return new Site(settings.host().cluster(), settings.host().node(), clock::instant, registry);
    }

    /** Says in the log what runs. */
    public void announce(List<String> warnings) {
        warnings.forEach(warning -> LOG.warn(LogFamily.ACTION, "⚠️ {}", warning));
        Set<String> skipped = new TreeSet<>(book.routedTo());
        settings.receivers().forEach(receiver -> skipped.remove(receiver.name()));
        if (!skipped.isEmpty()) {
            LOG.warn(
                    LogFamily.ACTION,
                    "⚠️ rules route to {}, not under receivers: in config: skipped",
                    String.join(" and ", skipped));
        }
        LOG.info(
                LogFamily.SUCCESS,
                Welcome.of(settings, book, members, address()).toString());
    }

    /** Where the API is: {@code http://host:port}. */
    public String address() {
        return api.address();
    }

    /** The rules that it started with. */
    RuleBook book() {
        return book;
    }

    /** The bus, for verticles that run in the same process. */
    public Vertx vertx() {
        return vertx;
    }

    /** Has rules, accounts and certificates looked at again; does not wait for it. */
    void reload() {
        vertx.eventBus().publish(Address.RELOAD_ACCESS, "", Address.LOCAL);
        vertx.eventBus()
                .request(Address.RELOAD, new JsonObject().put("trigger", "signal"), Address.LOCAL)
                .onFailure(fault ->
                        LOG.debug(LogFamily.ACTION, "no reload on this signal: {}", Deployments.reason(fault)));
    }

    /** The metrics. */
    public PrometheusMeterRegistry metrics() {
        return registry;
    }

    /** The others may begin to take over while this one ends. */
    private void drain() {
        if (wellBeing != null) {
            try {
                Deployments.await(wellBeing.leave().timeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS));
            } catch (StartException silent) {
                LOG.debug("the others were not told: {}", Deployments.reason(silent));
            }
        }
    }

    /** Ends in order: no more telemetry in, lanes finish, notifiers finish, the bus is left, the store closes. */
    @Override
    public void close() {
        drain();
        parts.close();
        if (recorder != null) {
            recorder.close();
        }
        if (members != null) {
            members.stop().toCompletionStage().toCompletableFuture().join();
        }
        if (store != null) {
            store.close();
        }
        if (reload != null) {
            reload.close();
        }
        registry.close();
    }
}
