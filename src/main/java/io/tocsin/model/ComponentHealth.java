package io.tocsin.model;

import java.util.Map;

/**
 * Health of one component of one node.
 *
 * @param head what every message carries
 * @param component the component, such as {@code store_worker}
 * @param status its health
 * @param details free form; {@code store_id} tells stores of one component apart
 * @param lastCheck when it was last looked at; null if unknown
 */
public record ComponentHealth(
        Head head, String component, HealthStatus status, Map<String, Object> details, java.time.Instant lastCheck)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "component_health";

    public ComponentHealth {
        details = details == null ? Map.of() : Values.copy(details);
        head = head.keyed(TYPE, component, store(details));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public ComponentHealth with(Head head) {
        return new ComponentHealth(head, component, status, details, lastCheck);
    }

    @Override
    public String subject() {
        return node() + "/" + component + (storeId().isEmpty() ? "" : "/" + storeId());
    }

    /** The {@code store_id} of the details, empty if there is none. */
    public String storeId() {
        return store(details);
    }

    private static String store(Map<String, Object> details) {
        return details.get("store_id") == null ? "" : details.get("store_id").toString();
    }
}
