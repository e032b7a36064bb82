package io.tocsin.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.AlertJson;
import io.tocsin.bus.TelemetryJson;
import io.tocsin.model.Alert;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.ClusterHealth;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.LatencyMetric;
import io.tocsin.model.Metric;
import io.tocsin.model.MetricAlert;
import io.tocsin.model.PerformanceAnalysis;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.Severity;
import io.tocsin.model.SystemState;
import io.tocsin.model.Telemetry;
import io.tocsin.model.ThroughputMetric;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Publishes on the bus: alert changes at once, telemetry in arrays, and telemetry only while somebody listens. */
final class Publisher {
    private static final int MOST_WAITING = 10_000;
    private static final Map<String, String> ADDRESSES = Map.ofEntries(
            Map.entry(ComponentHealth.TYPE, Address.COMPONENT_HEALTH),
            Map.entry(ClusterHealth.TYPE, Address.CLUSTER_HEALTH),
            Map.entry(HealthCheck.TYPE, Address.HEALTH_CHECK),
            Map.entry(ThroughputMetric.TYPE, Address.THROUGHPUT),
            Map.entry(LatencyMetric.TYPE, Address.LATENCY),
            Map.entry(ResourceUsage.TYPE, Address.RESOURCE_USAGE),
            Map.entry(Metric.TYPE, Address.METRIC),
            Map.entry(MetricAlert.TYPE, Address.METRIC_ALERT),
            Map.entry(DebugTrace.TYPE, Address.DEBUG_TRACE),
            Map.entry(PerformanceAnalysis.TYPE, Address.PERFORMANCE_ANALYSIS),
            Map.entry(SystemState.TYPE, Address.SYSTEM_STATE));

    private static final Set<ChangeKind> WORSE = EnumSet.of(ChangeKind.FIRED, ChangeKind.RAISED);

    private final EventBus bus;
    private final Predicate<String> anybodyListens;
    private final Counter dropped;
    private final Map<String, JsonArray> waiting = new LinkedHashMap<>();
    private int onItsWay;
    private Promise<Void> idle;

    Publisher(EventBus bus, Predicate<String> anybodyListens, MeterRegistry registry) {
        this.bus = bus;
        this.anybodyListens = anybodyListens;
        this.dropped =
                registry.counter("tocsin_publish_dropped_total", "reason", "more than " + MOST_WAITING + " waited");
    }

    void telemetry(List<? extends Telemetry> messages) {
        for (Telemetry message : messages) {
            String address = ADDRESSES.get(message.type());
            if (address != null && anybodyListens.test(address)) {
                JsonArray array = waiting.computeIfAbsent(address, a -> new JsonArray());
                if (array.size() < MOST_WAITING) {
                    array.add(TelemetryJson.encode(message));
                } else {
                    dropped.increment();
                }
            }
        }
    }

    void flush() {
        waiting.forEach(this::publish);
        waiting.clear();
    }

    void alert(Step.Changed change) {
        Alert alert = change.alert();
        JsonObject document = AlertJson.encode(alert);
        publish(Address.ALERTS, document);
        publish(Address.ALERTS_OF_TYPE + alert.alertType(), document.copy());
        if (alert.severity() == Severity.CRITICAL
                && WORSE.contains(change.transition().kind())) {
            bus.publish(Address.CRITICAL, document.copy(), Address.LOCAL);
        }
        if (change.transition().kind() == ChangeKind.ACKNOWLEDGED) {
            publish(Address.ALERT_ACK, AlertJson.ack(alert));
        } else if (change.transition().kind() == ChangeKind.ESCALATED) {
            publish(Address.ALERT_ESCALATION, AlertJson.escalation(alert, change.transition()));
        }
    }

    private void publish(String address, Object body) {
        onItsWay++;
        bus.publisher(address).write(body).onComplete(any -> {
            onItsWay--;
            if (onItsWay == 0 && idle != null) {
                idle.tryComplete();
            }
        });
    }

    /** When all that was published has left; a clustered bus asks on the lane's own thread where to. */
    Future<Void> left() {
        idle = Promise.promise();
        if (onItsWay == 0) {
            idle.complete();
        }
        return idle.future();
    }
}
