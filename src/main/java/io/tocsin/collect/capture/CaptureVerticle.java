package io.tocsin.collect.capture;

import io.micrometer.core.instrument.Counter;
import io.tocsin.bus.Address;
import io.tocsin.bus.TelemetryBatch;
import io.tocsin.collect.Site;
import io.tocsin.model.Head;
import io.tocsin.model.SystemState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When an alert of a cluster that this member owns fires as critical, keeps how the member is, and asks on the bus whoever
 * may know more. What comes back is telemetry like any other; the label {@code alert_id} says where it belongs.
 */
public final class CaptureVerticle extends VerticleBase {
    /** A storm of alerts would learn the same again and again. */
    private static final long STOP_MS = 2000;

    private static final int MOST_A_MINUTE = 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Site site;
    private Instant minute = Instant.MIN;
    private int captured;
    private int underWay;
    private Promise<Void> stopping;

    /** For the member at a site. */
    public CaptureVerticle(Site site) {
        this.site = site;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<JsonObject>localConsumer(Address.CRITICAL, this::fired);
        return Future.succeededFuture();
    }

    /** Once nothing is being captured. */
    @Override
    public Future<?> stop() {
        stopping = Promise.promise();
        over(0);
        return stopping.future().timeout(STOP_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private void over(int captures) {
        underWay -= captures;
        if (underWay == 0 && stopping != null) {
            stopping.tryComplete();
        }
    }

    private void fired(Message<JsonObject> message) {
        Instant now = site.now();
        if (!now.isBefore(plus(minute))) {
            minute = now;
            captured = 0;
        }
        if (captured == MOST_A_MINUTE) {
            count("skipped: more than " + MOST_A_MINUTE + " a minute");
            return;
        }
        captured++;
        JsonObject alert = message.body();
        vertx.eventBus()
                .publish(
                        Address.CAPTURE,
                        new JsonObject()
                                .put("alert_id", alert.getString("id"))
                                .put("alert_type", alert.getString("alert_type"))
                                .put("severity", alert.getString("severity"))
                                .put("cluster", alert.getString("cluster"))
                                .put("node", alert.getString("node"))
                                .put("timestamp", now.toString()));
        underWay++;
        vertx.executeBlocking(() -> Snapshot.of(site.registry()), false)
                .compose(state -> keep(alert, now, state))
                .onSuccess(kept -> count("kept"))
                .onFailure(fault -> count("failed"))
                .onComplete(any -> over(1));
    }

    private static Instant plus(Instant begun) {
        return begun.equals(Instant.MIN) ? Instant.MIN : begun.plus(MINUTE);
    }

    private Future<?> keep(JsonObject alert, Instant now, Map<String, Object> state) {
        Head head = Head.of(alert.getString("cluster"), site.node(), now, null)
                .labelled(Map.of("alert_id", alert.getString("id")));
        TelemetryBatch batch = new TelemetryBatch(List.of(new SystemState(head, "alert_capture", state)));
        return vertx.eventBus().request(Address.INTAKE, batch, Address.LOCAL);
    }

    private void count(String outcome) {
        Counter.builder("tocsin_captures")
                .description("Snapshots for critical alerts, by outcome")
                .tag("outcome", outcome)
                .register(site.registry())
                .increment();
    }
}
