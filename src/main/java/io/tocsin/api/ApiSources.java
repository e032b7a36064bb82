package io.tocsin.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tocsin.store.History;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Where the API has its answers from, besides the bus.
 *
 * @param history alerts and what happened to them; asked on threads of the API's own
 * @param readiness whether this member can work; must not block
 * @param metrics what {@code /metrics} shows; the API counts there too
 * @param clock what time it is
 */
public record ApiSources(
        History history, Supplier<Readiness> readiness, PrometheusMeterRegistry metrics, Clock clock) {}
