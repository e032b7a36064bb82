package io.tocsin.model;

/**
 * How the figure of one series moves; present only for metrics that some rule asks for by {@code metric == "..."}, and
 * only once there is enough to go by.
 *
 * @param key the series key of the readings it is worked out from
 * @param node the node of the series
 * @param subject what an alert about the series is about
 * @param metric the metric, such as {@code disk_usage}, {@code latency_p95} or {@code throughput}
 * @param value the newest figure
 * @param mean mean of the last five minutes
 * @param deviation standard deviation of the last five minutes
 * @param slopePerMinute least-squares slope of the last five minutes, figure a minute
 * @param baselineMean mean of the hour before those five minutes
 * @param baselineDeviation standard deviation of that hour
 * @param samples readings in the last five minutes
 * @param warm whether the last five minutes and at least ten minutes of baseline are covered
 * @param fresh whether the newest reading of the series is fresh
 */
public record Trend(
        String key,
        String node,
        String subject,
        String metric,
        double value,
        double mean,
        double deviation,
        double slopePerMinute,
        double baselineMean,
        double baselineDeviation,
        int samples,
        boolean warm,
        boolean fresh) {}
