package io.tocsin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What every message carries beside its own fields.
 *
 * @param cluster the monitored cluster, {@code default} when the message names none
 * @param node the monitored node; null only for a message about the whole cluster
 * @param timestamp when the source saw it, by the source's clock; null for what rules derive
 * @param receivedAt when this member took it in; null for what rules derive
 * @param labels further names of the series, such as {@code mount=/data}; never null
 * @param ttl how long the reading counts as fresh after {@code receivedAt}
 * @param fresh false once the ttl is over, or after a restore
 * @param key the series this reading belongs to; null until the message type has filled it in, and for events
 */
public record Head(
        String cluster,
        String node,
        Instant timestamp,
        Instant receivedAt,
        Map<String, String> labels,
        Duration ttl,
        boolean fresh,
        String key) {

    /** The cluster of a message that names none. */
    public static final String DEFAULT_CLUSTER = "default";

    public Head {
        cluster = cluster == null ? DEFAULT_CLUSTER : cluster;
        labels = labels == null || labels.isEmpty() ? Map.of() : Map.copyOf(labels);
    }

    /** A head without labels of a fresh message that was seen and received at the same instant. */
    public static Head of(String cluster, String node, Instant at, Duration ttl) {
        return new Head(cluster, node, at, at, Map.of(), ttl, true, null);
    }

    /** The same head with these labels; the series key is worked out anew. */
    public Head labelled(Map<String, String> labels) {
        return new Head(cluster, node, timestamp, receivedAt, labels, ttl, fresh, null);
    }

    /** The same head, fresh or no longer. */
    public Head fresh(boolean fresh) {
        return new Head(cluster, node, timestamp, receivedAt, labels, ttl, fresh, key);
    }

    /**
     * The instant by which readings of one series are ordered: the earlier of its timestamp and its receipt, so that a
     * source whose clock runs ahead cannot shut out its own later readings.
     */
    public Instant order() {
        return timestamp == null || timestamp.isAfter(receivedAt) ? receivedAt : timestamp;
    }

    /** This head with its series key, worked out from the type and the fields that tell series of one type apart. */
    Head keyed(String type) {
        return key != null ? this : withKey(cluster + '|' + type + '|' + nodeOrNothing());
    }

    Head keyed(String type, String part) {
        return key != null ? this : withKey(cluster + '|' + type + '|' + nodeOrNothing() + '|' + plain(part));
    }

    Head keyed(String type, String part, String more) {
        return key != null
                ? this
                : withKey(cluster + '|' + type + '|' + nodeOrNothing() + '|' + plain(part) + '|' + plain(more));
    }

    Head keyedByLabels(String type, String part) {
        return key != null ? this : keyed(type, part, Text.labels(labels));
    }

    private Head withKey(String key) {
        return new Head(cluster, node, timestamp, receivedAt, labels, ttl, fresh, key);
    }

    private String nodeOrNothing() {
        return node == null ? "" : node;
    }

    private static String plain(String part) {
        return part.indexOf('|') < 0 ? part : part.replace("|", "\\|");
    }
}
