package io.tocsin.cli.bench.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes on while members come and go: readings, and nodes that fall ill and recover. Each node says so until a member
 * accepts it, as a source does; it recovers once the receiver was told that it is ill.
 */
final class Load implements AutoCloseable {
    private static final int TICK_MS = 100;
    private static final int FALLS_ILL_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Trio trio;
    private final Incidents incidents;
    private final Clock clock;
    private final List<String> ill = new ArrayList<>();
    private final List<Buffer> readings = new ArrayList<>();
    private final long timer;
    private int ticks;
    private boolean ending;

    /** Begins at once. */
    Load(Vertx vertx, Trio trio, Incidents incidents, Clock clock) {
        this.vertx = vertx;
        this.trio = trio;
        this.incidents = incidents;
        this.clock = clock;
        for (String cluster : trio.clusters()) {
            readings.add(Readings.figures(cluster, 1, cluster.hashCode()));
        }
        timer = vertx.setPeriodic(TICK_MS, any -> tick());
    }

    private synchronized void tick() {
        ticks++;
        for (String node : List.copyOf(ill)) {
            if (incidents.openedAt(node).isPresent()) {
                ill.remove(node);
                recovers(node);
            }
        }
        if (ending) {
            return;
        }
        trio.doors().post(trio.doors().next(), readings.get(ticks % readings.size()));
        if (ticks % FALLS_ILL_EVERY == 0) {
            int number = ticks / FALLS_ILL_EVERY;
            // the first pager is for what is measured
            fallsIll(
                    trio.clusters().get(number % trio.clusters().size()),
                    1 + number % (Policy.PAGERS - 1),
                    "node-" + number);
        }
    }

    /**
     * A node of a cluster falls ill.
     *
     * @param pager who is told, by the number
     * @param name what tells it from others that fell ill there
     * @return what the node is called at the receiver
     */
    synchronized String fallsIll(String cluster, int pager, String name) {
        String node = cluster + "." + pager + "." + name;
        says(cluster, node, pager, "unhealthy").onSuccess(any -> accepted(node));
        return node;
    }

    /** With the time at which it was so: a message that was sent twice, because nobody answered, may come late. */
    private Future<Void> says(String cluster, String node, int pager, String status) {
        JsonObject message = Readings.component(cluster, node, Policy.component(pager), status);
        return trio.doors().until202(message.put("timestamp", clock.instant().toString()));
    }

    private synchronized void accepted(String node) {
        incidents.ill(node);
        ill.add(node);
    }

    private void recovers(String node) {
        String[] parts = node.split("\\.", 3);
        incidents.sayingWell(node);
        says(parts[0], node, Integer.parseInt(parts[1]), "healthy").onSuccess(any -> incidents.well(node));
    }

    /** Nobody falls ill any more; waits until all are well, or for a minute. */
    void settle() {
        synchronized (this) {
            ending = true;
        }
        Waits.within(PATIENCE, incidents::over);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
