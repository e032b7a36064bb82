package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.SeriesLimit;
import io.tocsin.lane.LaneSettings;
import io.tocsin.lane.LaneVerticle;
import io.tocsin.lane.Lanes;
import io.tocsin.lane.OpenAlerts;
import io.tocsin.lane.Switchboard;
import io.tocsin.lane.record.Recorder;
import io.tocsin.membership.Members;
import io.tocsin.membership.Ownership;
import io.tocsin.model.Topology;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.store.Store;
import io.vertx.core.DeploymentOptions;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lanes of an appliance, one for each core, and the switchboard before them. */
final class LaneParts {
    private final Settings settings;
    private final RuleBook book;
    private final Store store;
    private final Members members;
    private final Clock clock;
    private final MeterRegistry registry;

    LaneParts(Settings settings, RuleBook book, Store store, Members members, Clock clock, MeterRegistry registry) {
        this.settings = settings;
        this.book = book;
        this.store = store;
        this.members = members;
        this.clock = clock;
        this.registry = registry;
    }

    LaneSettings settings() {
        return new LaneSettings(
                book,
                settings.telemetry(),
                settings.rules().staleAfter(),
                settings.clusters().stream().collect(Collectors.toMap(Topology::cluster, Function.identity())),
                settings.receivers().stream().map(ReceiverSettings::name).collect(Collectors.toSet()),
                new SeriesLimit(settings.telemetry().maxSeries()),
                settings.rules().zone());
    }

    /** Starts them; the lanes answer for themselves. */
    Lanes deploy(Deployments parts, LaneSettings lane, Recorder recorder) throws StartException {
        Ownership ownership = members.ownership();
        OpenAlerts where = new OpenAlerts(Math.max(1, Runtime.getRuntime().availableProcessors()));
        Set<String> known = new TreeSet<>(store.clusters());
        settings.clusters().forEach(one -> known.add(one.cluster()));
        where.know(known);
        var tools = new LaneVerticle.Tools(
                store,
                where,
                clock::instant,
                registry,
                members.listeners()::anybodyListens,
                ownership,
                Together.shelf(members),
                recorder);
        Lanes lanes = new Lanes(lane, tools, settings.rules().stuckAfter());
        parts.deploy(lanes, new DeploymentOptions());
        parts.deploy(
                new Switchboard(where, store, known, settings.telemetry(), ownership, registry),
                new DeploymentOptions());
        return lanes;
    }
}
