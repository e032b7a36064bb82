package io.tocsin.evaluate;

import java.util.Arrays;

/**
 * How one series moves: sums over ten-second buckets of the last five minutes, and over five-minute buckets of the hour
 * before. A figure costs a few additions; nothing is scanned until a trend is asked for.
 */
final class TrendWindow {
    private static final long RECENT_MS = 10_000;
    private static final int RECENT = 30;
    private static final long PAST_MS = RECENT_MS * RECENT;
    private static final int PAST = 12;
    private static final int WARM_PAST = 2;
    private static final long WARM_MS = 3 * PAST_MS;
    private static final int WARM_SAMPLES = 10;

    private final double[] count = new double[RECENT];
    private final double[] sum = new double[RECENT];
    private final double[] squares = new double[RECENT];
    private final double[] minutes = new double[RECENT];
    private final double[] minutesSquared = new double[RECENT];
    private final double[] cross = new double[RECENT];
    private final double[] pastCount = new double[PAST];
    private final double[] pastSum = new double[PAST];
    private final double[] pastSquares = new double[PAST];
    private long start = Long.MIN_VALUE;
    private long latest;
    private long bucket;
    private double origin = Double.NaN;

    /** What the window says now. */
    record Figures(
            double mean,
            double deviation,
            double slope,
            double baseMean,
            double baseDeviation,
            int samples,
            boolean warm) {}

    void add(long at, double value) {
        long now = at / RECENT_MS;
        if (start == Long.MIN_VALUE || now - bucket > (long) RECENT * (PAST + 1)) {
            begin(at, value);
        }
        roll(now);
        latest = at;
        int i = (int) Math.floorMod(now, (long) RECENT);
        double x = (at - start) / 60_000.0;
        double v = value - origin;
        count[i]++;
        sum[i] += v;
        squares[i] += v * v;
        minutes[i] += x;
        minutesSquared[i] += x * x;
        cross[i] += x * v;
    }

    /** Begins anew: nothing that was seen before is in the window any more. */
    private void begin(long at, double value) {
        Arrays.fill(pastCount, 0);
        Arrays.fill(pastSum, 0);
        Arrays.fill(pastSquares, 0);
        for (int i = 0; i < RECENT; i++) {
            clear(i);
        }
        start = at;
        bucket = at / RECENT_MS;
        origin = value;
    }

    private void roll(long now) {
        while (bucket < now) {
            bucket++;
            int leaving = (int) Math.floorMod(bucket, (long) RECENT);
            long leavingTime = (bucket - RECENT) * RECENT_MS;
            int past = (int) Math.floorMod(leavingTime / PAST_MS, (long) PAST);
            if (Math.floorMod(bucket, (long) RECENT) == 0) {
                pastCount[past] = 0;
                pastSum[past] = 0;
                pastSquares[past] = 0;
            }
            pastCount[past] += count[leaving];
            pastSum[past] += sum[leaving];
            pastSquares[past] += squares[leaving];
            clear(leaving);
        }
    }

    private void clear(int i) {
        count[i] = 0;
        sum[i] = 0;
        squares[i] = 0;
        minutes[i] = 0;
        minutesSquared[i] = 0;
        cross[i] = 0;
    }

    Figures figures() {
        double n = total(count);
        double s = total(sum);
        double x = total(minutes);
        double spread = n * total(minutesSquared) - x * x;
        double slope = spread > 1e-9 ? (n * total(cross) - x * s) / spread : 0;
        double past = total(pastCount);
        int covered = 0;
        for (double c : pastCount) {
            covered += c > 0 ? 1 : 0;
        }
        boolean warm = n >= WARM_SAMPLES && covered >= WARM_PAST && latest - start >= WARM_MS;
        return new Figures(
                origin + (n > 0 ? s / n : 0),
                deviation(n, s, total(squares)),
                slope,
                origin + (past > 0 ? total(pastSum) / past : 0),
                deviation(past, total(pastSum), total(pastSquares)),
                (int) n,
                warm);
    }

    private static double deviation(double n, double sum, double squares) {
        return n < 2 ? 0 : Math.sqrt(Math.max(0, (squares - sum * sum / n) / (n - 1)));
    }

    private static double total(double[] buckets) {
        double total = 0;
        for (double value : buckets) {
            total += value;
        }
        return total;
    }
}
