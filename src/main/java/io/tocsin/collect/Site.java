package io.tocsin.collect;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Where the sources of this process stand.
 *
 * @param cluster the monitored cluster that this host belongs to
 * @param node this host's name as a monitored node; sources that fail are reported there
 * @param clock tells the time
 * @param registry counts what is collected, dropped and failed
 */
public record Site(String cluster, String node, Supplier<Instant> clock, MeterRegistry registry) {

    /** The present instant. */
    public Instant now() {
        return clock.get();
    }
}
