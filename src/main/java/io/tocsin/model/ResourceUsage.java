package io.tocsin.model;

/**
 * How much of a resource of a node is in use.
 *
 * @param head what every message carries
 * @param resourceType the resource
 * @param usagePercent in use, per cent of what there is, 0 to 100 (a share of several cores may exceed it)
 * @param totalAvailable what there is, bytes; null if unknown
 * @param currentUsed what is in use, bytes; null if unknown
 */
public record ResourceUsage(
        Head head, ResourceType resourceType, double usagePercent, Long totalAvailable, Long currentUsed)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "resource_usage";

    public ResourceUsage {
        head = head.keyedByLabels(TYPE, resourceType.wire());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public ResourceUsage with(Head head) {
        return new ResourceUsage(head, resourceType, usagePercent, totalAvailable, currentUsed);
    }

    @Override
    public String subject() {
        return labels().isEmpty()
                ? node()
                : node() + "/" + String.join(",", new java.util.TreeMap<>(labels()).values());
    }

    @Override
    public String metric() {
        return resourceType.metric();
    }

    @Override
    public double figure() {
        return usagePercent;
    }
}
