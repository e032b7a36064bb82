package io.tocsin.model;

import java.time.Instant;

/**
 * Alerts of one type and subject keep coming: at least two of them fired within the last hour, whether they are over or
 * not. A fact of every session whose rules ask for it. Restarts and changes of rules do not begin the count anew.
 *
 * @param alertType the kind of trouble
 * @param subject what the alerts are about
 * @param node the node they are about; null for a cluster
 * @param times how many fired within the last hour, 2 or more
 * @param first when the first of these fired
 * @param last when the last of these fired
 */
public record Recurrence(String alertType, String subject, String node, int times, Instant first, Instant last) {}
