package io.tocsin.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970, the unit of every column that holds one. */
final class Micros {
    private static final Instant EPOCH = Instant.EPOCH;

    private Micros() {}

    /** Null for null; what is finer than a microsecond is cut off. */
    static Long of(Instant instant) {
        return instant == null
                ? null
                : Long.valueOf(Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000));
    }

    /** Null for null. */
    static Instant at(Number micros) {
        return micros == null ? null : EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
    }
}
