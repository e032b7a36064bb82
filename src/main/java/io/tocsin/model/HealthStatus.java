package io.tocsin.model;

/** Health of a component, a node or a monitored cluster, from best to worst. */
public enum HealthStatus implements Wire {
    /** Works as it should. */
    HEALTHY,
    /** Works, but worse than it should. */
    DEGRADED,
    /** Does not do its work. */
    UNHEALTHY
}
