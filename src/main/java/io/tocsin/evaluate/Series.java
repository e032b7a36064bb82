package io.tocsin.evaluate;

import io.tocsin.model.Reading;
import io.tocsin.model.Trend;
import java.time.Duration;
import java.time.Instant;
import org.kie.api.runtime.rule.FactHandle;

/** What a session knows of one series. */
final class Series implements Expiries.Target {
    Reading reading;
    FactHandle handle;
    boolean fresh;
    long expiresAt;
    Instant order;
    long lastNews;
    long round;
    Expiries.Entry entry;
    SourceState node;
    SourceState check;
    TrendWindow window;
    Trend trend;
    FactHandle trendHandle;

    void took(Reading newest, Duration defaultTtl) {
        reading = newest;
        order = newest.head().order();
        Duration ttl = newest.head().ttl() == null ? defaultTtl : newest.head().ttl();
        lastNews = newest.receivedAt().toEpochMilli();
        expiresAt = newest.receivedAt().toEpochMilli() + ttl.toMillis();
    }

    /** A reading that is fresh is looked at when it no longer is, whatever was expected before it came. */
    @Override
    public long dueAt(long pushed) {
        return fresh ? expiresAt : pushed;
    }
}
