package io.tocsin.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A conclusion of a rule: this is wrong as long as the rule's left side holds. Built step by step in a rule's right
 * side, each step a new value: {@code Finding.of("memory_usage", $u).warning("memory at 90 %").value(90).max(85).holdFor("30s")}.
 *
 * @param alertType the kind of trouble, such as {@code memory_usage}
 * @param subject what it is about
 * @param node the node it is about; null for a cluster
 * @param severity how bad
 * @param message one line for people
 * @param value the figure that is wrong; null if there is none
 * @param limit the limit it crossed; null if there is none
 * @param limitType which side of the limit is bad; null if there is none
 * @param context free-form details for people
 * @param labels names for grouping and routing
 * @param holdFor how long it must hold before anybody is told
 * @param quietFor how long it must be gone before the alert resolves
 * @param runbook where to read what to do; null if there is none
 */
public record Finding(
        String alertType,
        String subject,
        String node,
        Severity severity,
        String message,
        Double value,
        Double limit,
        LimitType limitType,
        Map<String, Object> context,
        Map<String, String> labels,
        Duration holdFor,
        Duration quietFor,
        String runbook) {

    public Finding {
        context = Values.copy(context);
        labels = Map.copyOf(labels);
    }

    /** A finding about one series; subject, node and labels are the reading's. Severity is warning until said otherwise. */
    public static Finding of(String alertType, Reading reading) {
        return start(alertType, reading.subject(), reading.node(), reading.labels());
    }

    /** A finding about a node. */
    public static Finding of(String alertType, String node) {
        return start(alertType, node, node, Map.of());
    }

    /** A finding about the series of a trend. */
    public static Finding of(String alertType, Trend trend) {
        return start(alertType, trend.subject(), trend.node(), Map.of());
    }

    /** A finding about a node or check that is silent. */
    public static Finding of(String alertType, Source source) {
        return start(alertType, source.name(), source.node(), Map.of());
    }

    /** A finding about a whole monitored cluster; it has no node. */
    public static Finding ofCluster(String alertType, String cluster) {
        return start(alertType, cluster, null, Map.of());
    }

    private static Finding start(String alertType, String subject, String node, Map<String, String> labels) {
        return new Finding(
                alertType,
                subject,
                node,
                Severity.WARNING,
                alertType,
                null,
                null,
                null,
                Map.of(),
                labels,
                Duration.ZERO,
                Duration.ZERO,
                null);
    }

    /** About something else than the reading's own subject. */
    public Finding subject(String subject) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }

    /** Worth knowing. */
    public Finding info(String message) {
        return severity(Severity.INFO, message);
    }

    /** Somebody should look. */
    public Finding warning(String message) {
        return severity(Severity.WARNING, message);
    }

    /** Somebody must be woken. */
    public Finding critical(String message) {
        return severity(Severity.CRITICAL, message);
    }

    /** A severity that the rule took from its facts. */
    public Finding severity(Severity severity, String message) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }

    /** The figure that is wrong. */
    public Finding value(double value) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }

    /** The ceiling it is above. */
    public Finding max(double limit) {
        return limit(limit, LimitType.MAX);
    }

    /** The floor it is below. */
    public Finding min(double limit) {
        return limit(limit, LimitType.MIN);
    }

    /** The limit it crossed, as somebody else drew it. */
    public Finding limit(double limit, LimitType limitType) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }

    /** One more detail for people; a null value is left out. */
    public Finding context(String name, Object value) {
        return context(Collections.singletonMap(name, value));
    }

    /** All of a free-form map as further details for people; null leaves them as they are. */
    public Finding context(Map<String, ?> details) {
        Map<String, Object> more = new LinkedHashMap<>(context);
        if (details != null) {
            more.putAll(details);
        }
        return with(more, labels, holdFor, quietFor);
    }

    /** One more label. */
    public Finding label(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(name, value);
        return with(context, more, holdFor, quietFor);
    }

    /** Hold this long before anybody is told, such as {@code 30s}. */
    public Finding holdFor(String duration) {
        return with(context, labels, Text.duration(duration), quietFor);
    }

    /** Stay gone this long before the alert resolves, such as {@code 1m}. */
    public Finding quietFor(String duration) {
        return with(context, labels, holdFor, Text.duration(duration));
    }

    private Finding with(Map<String, Object> context, Map<String, String> labels, Duration holdFor, Duration quietFor) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }

    /** Where to read what to do, a path or address. */
    public Finding runbook(String runbook) {
        return new Finding(
                alertType, subject, node, severity, message, value, limit, limitType, context, labels, holdFor,
                quietFor, runbook);
    }
}
