package io.tocsin.cli.bench;

import io.tocsin.model.Metric;
import java.time.Instant;
import java.util.List;

/** Something that takes readings, to be measured against others that take the same. */
interface Contender extends AutoCloseable {
    void take(List<Metric> batch, Instant now);

    @Override
    default void close() {}
}
