package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.evaluate.Put;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Wire;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Brings what a lane's watches counted to the metrics, now and then, on the lane's thread. */
final class LaneMeters {
    private final MeterRegistry registry;
    private final Map<String, Double> reported = new HashMap<>();
    private final EnumMap<AlertState, AtomicLong> alerts = new EnumMap<>(AlertState.class);
    private final AtomicLong series = new AtomicLong();
    private final AtomicLong clusters = new AtomicLong();

    LaneMeters(MeterRegistry registry, int lane) {
        this.registry = registry;
        String name = Integer.toString(lane);
        // a lane that is taken up again has gauges of its own
        for (String gauge : List.of("tocsin_alerts_open", "tocsin_series", "tocsin_clusters")) {
            registry.find(gauge).tag("lane", name).meters().forEach(registry::remove);
        }
        for (AlertState state : AlertState.values()) {
            if (state != AlertState.RESOLVED) {
                AtomicLong value = new AtomicLong();
                alerts.put(state, value);
                registry.gauge(
                        "tocsin_alerts_open",
                        io.micrometer.core.instrument.Tags.of("lane", name, "state", state.wire()),
                        value);
            }
        }
        registry.gauge("tocsin_series", io.micrometer.core.instrument.Tags.of("lane", name), series);
        registry.gauge("tocsin_clusters", io.micrometer.core.instrument.Tags.of("lane", name), clusters);
    }

    void report(Collection<ClusterWatch> watches) {
        Map<String, Double> totals = new HashMap<>();
        EnumMap<AlertState, Long> open = new EnumMap<>(AlertState.class);
        long held = 0;
        for (ClusterWatch watch : watches) {
            for (Put put : Put.values()) {
                totals.merge(
                        "readings|" + put.name().toLowerCase(java.util.Locale.ROOT),
                        (double) watch.tally().puts(put),
                        Double::sum);
            }
            for (ChangeKind kind : ChangeKind.values()) {
                totals.merge(
                        "transitions|" + ((Wire) kind).wire(),
                        (double) watch.tally().transitions(kind),
                        Double::sum);
            }
            totals.merge("events|all", (double) watch.tally().events(), Double::sum);
            totals.merge("faults|all", (double) watch.tally().faults().size(), Double::sum);
            watch.alerts().forEach(alert -> open.merge(alert.state(), 1L, Long::sum));
            held += watch.session().size();
        }
        totals.forEach(this::increase);
        alerts.forEach((state, value) -> value.set(open.getOrDefault(state, 0L)));
        series.set(held);
        clusters.set(watches.size());
    }

    private void increase(String name, double total) {
        double more = total - reported.getOrDefault(name, 0.0);
        reported.put(name, total);
        if (more > 0) {
            counter(name.substring(0, name.indexOf('|')), name.substring(name.indexOf('|') + 1))
                    .increment(more);
        }
    }

    private Counter counter(String name, String value) {
        return switch (name) {
            case "readings" -> registry.counter("tocsin_readings_total", "outcome", value);
            case "transitions" -> registry.counter("tocsin_alert_transitions_total", "kind", value);
            case "events" -> registry.counter("tocsin_events_total");
            default -> registry.counter("tocsin_rule_faults_total");
        };
    }
}
