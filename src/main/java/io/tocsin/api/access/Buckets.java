package io.tocsin.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often something may be done under a name: so often at once, and again after a while. For one thread; bounded. */
public final class Buckets {
    private static final int MOST = 10_000;

    private final double burst;
    private final double perSecond;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        private double left;
        private Instant at;
    }

    /**
     * For any number of names.
     *
     * @param burst how often at once
     * @param perSecond how often a second in the long run
     */
    public Buckets(double burst, double perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
    }

    /** Zero if it may be done now, and then it counts; otherwise how long to wait. */
    public Duration take(String name, Instant now) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            makeRoom();
            bucket = new Bucket();
            bucket.left = burst;
            bucket.at = now;
            buckets.put(name, bucket);
        }
        if (now.isAfter(bucket.at)) {
            double seconds = Duration.between(bucket.at, now).toMillis() / 1000.0;
            bucket.left = Math.min(burst, bucket.left + seconds * perSecond);
            bucket.at = now;
        }
        if (bucket.left < 1) {
            return Duration.ofMillis((long) Math.ceil((1 - bucket.left) / perSecond * 1000));
        }
        bucket.left--;
        return Duration.ZERO;
    }

    /** It does not count after all. */
    public void giveBack(String name) {
        Bucket bucket = buckets.get(name);
        if (bucket != null) {
            bucket.left = Math.min(burst, bucket.left + 1);
        }
    }

    /** Whoever was not heard of for longest begins anew. */
    private void makeRoom() {
        if (buckets.size() >= MOST) {
            Iterator<Bucket> eldest = buckets.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
