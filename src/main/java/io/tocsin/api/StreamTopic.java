package io.tocsin.api;

import io.tocsin.model.Wire;

/** What somebody may hear of on the live stream. */
enum StreamTopic implements Wire {
    /** Every transition of an alert, and how many there are. */
    ALERTS,
    /** A monitored cluster whose entry changed. */
    CLUSTERS,
    /** New readings of one cluster. */
    READINGS
}
