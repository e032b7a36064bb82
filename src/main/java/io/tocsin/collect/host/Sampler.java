package io.tocsin.collect.host;

import io.tocsin.model.Telemetry;
import java.time.Instant;
import java.util.List;

/** Reads one part of the host; may block, is called on a worker and never twice at once. */
@FunctionalInterface
interface Sampler {
    /**
     * What there is to see now; empty if there is nothing yet.
     *
     * @throws Exception when it cannot be read
     */
    List<Telemetry> sample(Instant now) throws Exception;
}
