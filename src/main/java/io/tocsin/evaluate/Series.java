package io.tocsin.evaluate;

import io.tocsin.model.Reading;
import io.tocsin.model.Trend;
import java.time.Duration;
import java.time.Instant;
import org.kie.api.runtime.rule.FactHandle;

/** What a session knows of one series. */
final class Series implements Expiries.Target {
    final String key;
    Reading reading;
    FactHandle handle;
    boolean fresh;
    boolean gone;
    long expiresAt;
    // an instant of its own would be one more thing to fetch from afar for every reading
    private long orderSecond;
    private int orderNano;
    long lastNews;
    long round;
    Expiries.Entry entry;
    SourceState node;
    SourceState check;
    TrendWindow window;
    Trend trend;
    FactHandle trendHandle;
    Series next;

    Series(String key) {
        this.key = key;
    }

    void took(Reading newest, Duration defaultTtl) {
        reading = newest;
        Instant order = newest.head().order();
        orderSecond = order.getEpochSecond();
        orderNano = order.getNano();
        Duration ttl = newest.head().ttl() == null ? defaultTtl : newest.head().ttl();
        lastNews = newest.receivedAt().toEpochMilli();
        expiresAt = lastNews + ttl.toMillis();
    }

    /** Whether the reading that is held was seen after another. */
    boolean isAheadOf(Reading other) {
        Instant theirs = other.head().order();
        return theirs.getEpochSecond() != orderSecond
                ? theirs.getEpochSecond() < orderSecond
                : theirs.getNano() < orderNano;
    }

    /** Tells its sources when they were last heard of. */
    void seen() {
        if (node != null) {
            node.seen(lastNews);
        }
        if (check != null) {
            check.seen(lastNews);
        }
    }

    /** A reading that is fresh is looked at when it no longer is, whatever was expected before it came. */
    @Override
    public long dueAt(long pushed) {
        return fresh ? expiresAt : pushed;
    }
}
