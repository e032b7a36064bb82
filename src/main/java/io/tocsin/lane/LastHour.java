package io.tocsin.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What a lane remembers of the last hour of its clusters, in memory only: charts of series and how health changed. A new
 * owner begins anew. On the lane's thread; answers are put together on another one.
 */
final class LastHour {
    static final Duration SAMPLE_EVERY = Duration.ofSeconds(15);
    private static final int MOST_WAITING = 8;

    private static final class Kept {
        private final Charts charts;
        private final HealthLine health = new HealthLine();

        private Kept(ChartRoom room) {
            charts = new Charts(room);
        }
    }

    private final Map<String, Kept> clusters = new HashMap<>();
    private final AtomicLong leftOut = new AtomicLong();
    private final WorkerExecutor worker;
    private final ChartRoom room;
    private final GuideMeters meters;
    private final MeterRegistry registry;
    private int waiting;

    LastHour(Vertx vertx, int lane, ChartRoom room, MeterRegistry registry) {
        this.worker = vertx.createSharedWorkerExecutor("charts", 1);
        this.room = room;
        this.meters = new GuideMeters(registry, lane);
        this.registry = registry;
        String name = Integer.toString(lane);
        // a lane that is taken up again has a gauge of its own
        registry.find("tocsin_series_without_chart").tag("lane", name).meters().forEach(registry::remove);
        Gauge.builder("tocsin_series_without_chart", leftOut, AtomicLong::get)
                .description("Series whose last hour is not kept, as there is no room for more")
                .tag("lane", name)
                .register(registry);
    }

    /** To be called once a second. */
    void look(Map<String, ClusterWatch> watches, Instant now) {
        clusters.entrySet().removeIf(one -> {
            boolean gone = !watches.containsKey(one.getKey());
            if (gone) {
                one.getValue().charts.close();
            }
            return gone;
        });
        watches.forEach(
                (cluster, watch) -> kept(cluster).health.look(watch.session().health(), now));
    }

    /** To be called every {@link #SAMPLE_EVERY}. */
    void sample(Map<String, ClusterWatch> watches, Instant now) {
        long without = 0;
        for (Map.Entry<String, ClusterWatch> one : watches.entrySet()) {
            Charts charts = kept(one.getKey()).charts;
            charts.sample(one.getValue(), now);
            without += charts.leftOut();
        }
        leftOut.set(without);
        meters.show(watches.values());
    }

    private Kept kept(String cluster) {
        return clusters.computeIfAbsent(cluster, any -> new Kept(room));
    }

    /** Whether this is a question of this kind; if so, it answers. */
    boolean answers(Message<JsonObject> message, Map<String, ClusterWatch> watches, Instant now) {
        JsonObject question = message.body();
        boolean series = "series".equals(question.getString("what"));
        if (!series && !"history".equals(question.getString("what"))) {
            return false;
        }
        String cluster = question.getString("cluster");
        if (!watches.containsKey(cluster)) {
            message.reply(new JsonObject().putNull("result"));
        } else if (series) {
            later(message, kept(cluster).charts.page(question, now));
        } else {
            Instant since = now.minusMillis(question.getLong("since_ms"));
            message.reply(new JsonObject().put("result", kept(cluster).health.json(since)));
        }
        return true;
    }

    /** As text, as that is not copied again and again on its way. */
    private void later(Message<JsonObject> message, Supplier<JsonObject> answer) {
        if (waiting == MOST_WAITING) {
            registry.counter("tocsin_series_refused_total", "reason", "too many wait")
                    .increment();
            message.fail(Failure.BUSY, "too many ask for charts; try again in a second");
            return;
        }
        waiting++;
        worker.executeBlocking(() -> answer.get().encode())
                .onComplete(any -> waiting--)
                .onSuccess(text -> message.reply(new JsonObject().put("result", text)))
                .onFailure(fault -> message.fail(Failure.BUSY, "the charts could not be put together; try again"));
    }
}
