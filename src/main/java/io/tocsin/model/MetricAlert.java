package io.tocsin.model;

/**
 * Somebody says that a metric of a node crossed a limit.
 *
 * @param head what every message carries
 * @param metricName the metric
 * @param currentValue its value
 * @param thresholdValue the limit
 * @param thresholdType which side of the limit is bad
 * @param severity warning or critical
 */
public record MetricAlert(
        Head head,
        String metricName,
        double currentValue,
        double thresholdValue,
        LimitType thresholdType,
        Severity severity)
        implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "metric_alert";

    public MetricAlert {
        head = head.keyed(TYPE, metricName);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public MetricAlert with(Head head) {
        return new MetricAlert(head, metricName, currentValue, thresholdValue, thresholdType, severity);
    }

    @Override
    public String subject() {
        return node() + "/" + metricName;
    }

    @Override
    public String metric() {
        return metricName;
    }

    @Override
    public double figure() {
        return currentValue;
    }

    /** Whether the value is on the bad side of the limit. */
    public boolean crossed() {
        return thresholdType == LimitType.MAX ? currentValue > thresholdValue : currentValue < thresholdValue;
    }
}
