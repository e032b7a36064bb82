package io.tocsin.bus;

import java.time.Duration;

/**
 * What a body of telemetry may hold and what its messages may leave out.
 *
 * @param maxMessages the most messages in one body, at least 1, default 10000
 * @param defaultTtl how long a reading counts as fresh when it does not say, default 60 s
 */
public record Limits(int maxMessages, Duration defaultTtl) {
    /** 10000 messages, 60 s. */
    public static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(60));

    public Limits {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1: " + maxMessages);
        }
        if (defaultTtl.isNegative() || defaultTtl.isZero()) {
            throw new IllegalArgumentException("defaultTtl must be above 0: " + defaultTtl);
        }
    }
}
