package io.tocsin.config;

import io.tocsin.api.HttpSettings;
import io.tocsin.collect.bus.BusIntakeSettings;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.collect.http.HttpIntakeSettings;
import io.tocsin.collect.probe.ProbeSettings;
import io.tocsin.evaluate.RulesSettings;
import io.tocsin.lane.TelemetrySettings;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.membership.HazelcastSettings;
import io.tocsin.model.Topology;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.watchdog.WatchdogSettings;
import io.tocsin.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole configuration, checked. Each section's record belongs to the capability that it configures.
 *
 * @param rehearse whether alerts are rehearsed after the start, so that the first real one is as quick as later ones
 */
public record Settings(
        HttpSettings http,
        RulesSettings rules,
        StoreSettings store,
        HazelcastSettings hazelcast,
        TelemetrySettings telemetry,
        HostSettings host,
        HttpIntakeSettings httpIntake,
        BusIntakeSettings busIntake,
        List<ProbeSettings> probes,
        List<ReceiverSettings> receivers,
        List<Topology> clusters,
        WatchdogSettings watchdog,
        boolean rehearse) {
    public Settings {
        probes = List.copyOf(probes);
        receivers = List.copyOf(receivers);
        clusters = List.copyOf(clusters);
    }

    /** The same rules and limits for an appliance that only this process sees, with everything written to a folder. */
    public Settings inside(Path folder, List<ReceiverSettings> others) {
        return new Settings(
                new HttpSettings("127.0.0.1", 0, false),
                rules,
                new StoreSettings("sqlite:" + folder.resolve("tocsin.db"), folder),
                new HazelcastSettings(false, hazelcast.clusterName(), "127.0.0.1", 1, List.of()),
                new TelemetrySettings(
                        telemetry.defaultTtl(),
                        new RecordingSettings(false, folder, 1, 2),
                        telemetry.maxClusters(),
                        telemetry.maxSeries()),
                new HostSettings(false, host.every(), host.cluster(), host.node()),
                httpIntake,
                new BusIntakeSettings(false),
                List.of(),
                others,
                List.of(),
                null,
                false);
    }
}
