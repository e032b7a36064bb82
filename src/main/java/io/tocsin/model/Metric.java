package io.tocsin.model;

/**
 * Any other figure by name; samples scraped from other systems land here.
 *
 * @param head what every message carries
 * @param name the metric, such as {@code jvm_threads}
 * @param value the figure, in the unit the name says
 */
public record Metric(Head head, String name, double value) implements Reading {
    /** Its name on the wire. */
    public static final String TYPE = "metric";

    public Metric {
        head = head.keyedByLabels(TYPE, name);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Metric with(Head head) {
        return new Metric(head, name, value);
    }

    @Override
    public String subject() {
        return labels().isEmpty() ? node() + "/" + name : node() + "/" + name + Text.labels(labels());
    }

    @Override
    public String metric() {
        return name;
    }

    @Override
    public double figure() {
        return value;
    }
}
