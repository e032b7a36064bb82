package io.tocsin.membership;

import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether anybody, here or in another member, has a consumer on an address; so that a publisher may save itself the
 * work. The answer is up to a second old. An address that is asked for the first time counts as listened to.
 */
public final class Listeners {
    /** Addresses beyond these are not watched and count as listened to. */
    private static final int MOST = 1024;

    private static final long REFRESH_MS = 1000;

    private final ClusterManager manager;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();
    private final AtomicInteger asking = new AtomicInteger();

    private Listeners(ClusterManager manager) {
        this.manager = manager;
    }

    /** For a local bus, where nothing is saved by asking: always true. */
    static Listeners local() {
        return new Listeners(null);
    }

    /** For a clustered bus; asks the cluster about once a second, away from whoever wants to know. */
    static Listeners clustered(Vertx vertx, ClusterManager manager) {
        Listeners listeners = new Listeners(manager);
        vertx.setPeriodic(REFRESH_MS, timer -> listeners.refresh());
        return listeners;
    }

    /** Whether somebody has a consumer on the address, or may have. Never blocks. */
    public boolean anybodyListens(String address) {
        if (manager == null) {
            return true;
        }
        Boolean answer = known.get(address);
        if (answer == null && known.size() < MOST) {
            known.putIfAbsent(address, true);
        }
        return answer == null || answer;
    }

    private void refresh() {
        if (asking.get() > 0 || !manager.isActive()) {
            return;
        }
        for (String address : known.keySet()) {
            asking.incrementAndGet();
            manager.getRegistrations(address, (registrations, failure) -> {
                known.put(address, failure != null || !registrations.isEmpty());
                asking.decrementAndGet();
            });
        }
    }
}
