package io.tocsin.model;

import java.util.Map;

/**
 * Somebody else's alert, taken in as a fact.
 *
 * @param head what every message carries
 * @param alertType its type, such as {@code node_failure}
 * @param severity how bad its sender finds it
 * @param message one line for people
 * @param context free form: failed_node, cluster_size, …
 */
public record ExternalAlert(Head head, String alertType, Severity severity, String message, Map<String, Object> context)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "system_alert";

    public ExternalAlert {
        context = context == null ? Map.of() : Values.copy(context);
        head = head.keyed(TYPE, alertType);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public ExternalAlert with(Head head) {
        return new ExternalAlert(head, alertType, severity, message, context);
    }

    @Override
    public String subject() {
        return node() == null ? cluster() : node();
    }
}
