package io.tocsin.config;

import io.tocsin.api.HttpSettings;
import io.tocsin.collect.bus.BusIntakeSettings;
import io.tocsin.collect.host.HostSettings;
import io.tocsin.collect.http.HttpIntakeSettings;
import io.tocsin.collect.probe.ProbeSettings;
import io.tocsin.evaluate.RulesSettings;
import io.tocsin.lane.TelemetrySettings;
import io.tocsin.membership.HazelcastSettings;
import io.tocsin.model.Topology;
import io.tocsin.notify.ReceiverSettings;
import io.tocsin.notify.watchdog.WatchdogSettings;
import io.tocsin.store.StoreSettings;
import java.util.List;

/** The whole configuration, checked. Each section's record belongs to the capability that it configures. */
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
        WatchdogSettings watchdog) {
    public Settings {
        probes = List.copyOf(probes);
        receivers = List.copyOf(receivers);
        clusters = List.copyOf(clusters);
    }
}
