package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tocsin.evaluate.Put;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Severity;
import io.tocsin.model.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Brings what a lane's watches counted to the metrics, now and then, on the lane's thread. */
final class LaneMeters {
    private static final String OPEN = "tocsin_alerts_open";
    private static final List<String> GAUGES =
            List.of(OPEN, "tocsin_series", "tocsin_clusters", "tocsin_findings", "tocsin_lane_uncommitted");

    /** Rules beyond these are counted together. */
    private static final int MOST_RULES = 500;

    private static final Duration[] BUCKETS = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Double> reported = new HashMap<>();
    private final Map<String, Counter> rules = new HashMap<>();
    private final Map<AlertState, Map<Severity, AtomicLong>> alerts = new HashMap<>();
    private final AtomicLong series;
    private final AtomicLong clusters;
    private final AtomicLong findings;
    private final AtomicLong uncommitted;
    private final Timer delay;
    private final Timer took;

    LaneMeters(MeterRegistry registry, int lane) {
        this.registry = registry;
        String name = Integer.toString(lane);
        // a lane that is taken up again has gauges of its own
        for (String gauge : GAUGES) {
            registry.find(gauge).tag("lane", name).meters().forEach(registry::remove);
        }
        for (AlertState state : List.of(AlertState.PENDING, AlertState.FIRING, AlertState.ACKNOWLEDGED)) {
            for (Severity severity : Severity.values()) {
                Tags tags = Tags.of("lane", name, "state", state.wire(), "severity", severity.wire());
                alerts.computeIfAbsent(state, any -> new HashMap<>())
                        .put(severity, gauge(OPEN, "Alerts that are not over, by state and severity", tags));
            }
        }
        Tags tags = Tags.of("lane", name);
        series = gauge("tocsin_series", "Series of which the newest reading is held", tags);
        clusters = gauge("tocsin_clusters", "Monitored clusters that are watched", tags);
        findings = gauge("tocsin_findings", "Keys of which rules hold something to be wrong", tags);
        uncommitted = gauge("tocsin_lane_uncommitted", "Steps of a lane that wait for their commit", tags);
        delay = Timer.builder("tocsin_evaluation_delay")
                .description("From the receipt of a batch of telemetry to its having been evaluated")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        took = Timer.builder("tocsin_evaluation")
                .description("How long the rules took over a batch of telemetry")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private AtomicLong gauge(String name, String description, Tags tags) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .tags(tags)
                .register(registry);
        return value;
    }

    /** A batch is evaluated. */
    void evaluated(List<Telemetry> batch, Instant now, Duration evaluation) {
        took.record(evaluation);
        Instant receivedAt = batch.isEmpty() ? null : batch.get(0).receivedAt();
        if (receivedAt != null) {
            Duration since = Duration.between(receivedAt, now);
            delay.record(since.isNegative() ? Duration.ZERO : since);
        }
    }

    void report(Collection<ClusterWatch> watches, int waiting) {
        Map<String, Double> totals = new HashMap<>();
        Map<String, Double> fired = new HashMap<>();
        long[][] open = new long[AlertState.values().length][Severity.values().length];
        long held = 0;
        long standing = 0;
        for (ClusterWatch watch : watches) {
            tally(watch.tally(), totals);
            watch.session().fired().forEach((rule, times) -> fired.merge(rule, (double) times[0], Double::sum));
            for (Alert alert : watch.alerts()) {
                open[alert.state().ordinal()][alert.severity().ordinal()]++;
            }
            held += watch.session().size();
            standing += watch.session().findings();
        }
        totals.forEach((name, total) -> increase(name, total, counter(name)));
        fired.forEach((rule, total) -> increase("fired|" + rule, total, rule(rule)));
        alerts.forEach((state, severities) ->
                severities.forEach((severity, value) -> value.set(open[state.ordinal()][severity.ordinal()])));
        series.set(held);
        clusters.set(watches.size());
        findings.set(standing);
        uncommitted.set(waiting);
    }

    private static void tally(Tally tally, Map<String, Double> totals) {
        for (Put put : Put.values()) {
            totals.merge("readings|" + put.name().toLowerCase(Locale.ROOT), (double) tally.puts(put), Double::sum);
        }
        for (ChangeKind kind : ChangeKind.values()) {
            totals.merge("transitions|" + kind.wire(), (double) tally.transitions(kind), Double::sum);
        }
        totals.merge("events|all", (double) tally.events(), Double::sum);
        totals.merge("timings|too many operations", (double) tally.refusedTimings(), Double::sum);
        totals.merge("faults|all", (double) tally.faults().size(), Double::sum);
    }

    private void increase(String name, double total, Counter counter) {
        double more = total - reported.getOrDefault(name, 0.0);
        reported.put(name, total);
        if (more > 0) {
            counter.increment(more);
        }
    }

    private Counter rule(String name) {
        Counter known = rules.get(name);
        if (known == null) {
            String shown = rules.size() < MOST_RULES ? name : "others";
            known = Counter.builder("tocsin_rule_fired_total")
                    .description("How often the left side of a rule matched and its right side ran")
                    .tag("rule", shown)
                    .register(registry);
            if (rules.size() < MOST_RULES) {
                rules.put(name, known);
            }
        }
        return known;
    }

    private Counter counter(String name) {
        String value = name.substring(name.indexOf('|') + 1);
        return switch (name.substring(0, name.indexOf('|'))) {
            case "readings" ->
                counter("tocsin_readings_total", "Readings by what became of them", Tags.of("outcome", value));
            case "transitions" ->
                counter("tocsin_alert_transitions_total", "Changes of alerts by kind", Tags.of("kind", value));
            case "timings" ->
                counter("tocsin_timings_refused_total", "Raw timings not counted, by reason", Tags.of("reason", value));
            case "events" -> counter("tocsin_events_total", "Traces, snapshots and timings", Tags.empty());
            default -> counter("tocsin_rule_faults_total", "Rules put out of force after a fault", Tags.empty());
        };
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
