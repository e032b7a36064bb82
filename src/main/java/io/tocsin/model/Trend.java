package io.tocsin.model;

/**
 * How the figure of one series moves; present only for metrics that some rule asks for by {@code metric == "..."}, and
 * only once there is enough to go by.
 *
 * <p>Its <em>recent readings</em> are those of the last five minutes or, where these are fewer than ten, the last ten, which
 * may reach back 50 minutes. So a series that reports every five minutes has a trend, one that reports every ten has none.
 *
 * @param key the series key of the readings it is worked out from
 * @param node the node of the series
 * @param subject what an alert about the series is about
 * @param metric the metric, such as {@code disk_usage}, {@code latency_p95} or {@code throughput}
 * @param value the newest figure
 * @param mean mean of the recent readings
 * @param deviation standard deviation of the recent readings
 * @param slopePerMinute least-squares slope of the recent readings, figure a minute
 * @param baselineMean mean of the hour before the recent readings
 * @param baselineDeviation standard deviation of that hour
 * @param samples how many recent readings there are
 * @param warm whether there are ten recent readings, and ten before them that span ten minutes of the baseline; a trend
 *     is no fact before that, so it is always true
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
