package io.tocsin.store;

/**
 * Figures over some alerts that fired.
 *
 * @param fired how many
 * @param resolved how many of them are over
 * @param meanAckSeconds mean time from firing to the first acknowledgement; null if none was acknowledged
 * @param meanResolveSeconds mean time from firing to resolution; null if none resolved
 */
public record Figures(long fired, long resolved, Double meanAckSeconds, Double meanResolveSeconds) {
    /** What they are worked out from, to add to. */
    static final class Sums {
        private long fired;
        private long acknowledged;
        private double ackMicros;
        private long resolved;
        private double resolveMicros;

        void add(long alerts, long acknowledged, double ackMicros, long resolved, double resolveMicros) {
            this.fired += alerts;
            this.acknowledged += acknowledged;
            this.ackMicros += ackMicros;
            this.resolved += resolved;
            this.resolveMicros += resolveMicros;
        }

        /** One alert; null for what has not happened. */
        void add(long firedAt, Long acknowledgedAt, Long resolvedAt) {
            add(
                    1,
                    acknowledgedAt == null ? 0 : 1,
                    acknowledgedAt == null ? 0 : acknowledgedAt - firedAt,
                    resolvedAt == null ? 0 : 1,
                    resolvedAt == null ? 0 : resolvedAt - firedAt);
        }

        Figures figures() {
            return new Figures(fired, resolved, mean(ackMicros, acknowledged), mean(resolveMicros, resolved));
        }

        private static Double mean(double micros, long count) {
            return count == 0 ? null : micros / count / 1e6;
        }
    }
}
