package io.tocsin.evaluate;

import java.util.Arrays;

/**
 * How one series moves: sums over ten-second buckets of the last five minutes, and over five-minute buckets of the hour
 * before. A figure costs a few additions; nothing is scanned until a trend is asked for.
 *
 * <p>A series that has fewer than ten readings in five minutes is judged by its last ten readings instead, which are kept
 * one by one: with fewer, a single odd one would look like a move. They may reach back {@value #LONGEST_MS} ms, so a series
 * that reports every five minutes has a trend. The baseline is always the hour before the first of the recent readings.
 */
final class TrendWindow {
    private static final long RECENT_MS = 10_000;
    private static final int RECENT = 30;
    private static final long PAST_MS = RECENT_MS * RECENT;
    private static final int HOUR = 12;
    private static final int LEAST_PAST = 2;
    private static final int LEAST_SAMPLES = 10;
    private static final long LONGEST_MS = 50 * 60_000;
    // the hour before the longest stretch of recent readings, and the bucket in which both meet
    private static final int PAST = HOUR + (int) (LONGEST_MS / PAST_MS) + 2;

    private final double[] count = new double[RECENT];
    private final double[] sum = new double[RECENT];
    private final double[] squares = new double[RECENT];
    private final double[] minutes = new double[RECENT];
    private final double[] minutesSquared = new double[RECENT];
    private final double[] cross = new double[RECENT];
    private final double[] pastCount = new double[PAST];
    private final double[] pastSum = new double[PAST];
    private final double[] pastSquares = new double[PAST];
    private final long[] lastAt = new long[LEAST_SAMPLES];
    private final double[] lastValue = new double[LEAST_SAMPLES];
    private int next;
    private int taken;
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
        if (start == Long.MIN_VALUE || now - bucket > (long) RECENT * (HOUR + 1)) {
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
        lastAt[next] = at;
        lastValue[next] = v;
        next = (next + 1) % LEAST_SAMPLES;
        taken = Math.min(taken + 1, LEAST_SAMPLES);
    }

    /** Begins anew: nothing that was seen before is in the window any more. */
    private void begin(long at, double value) {
        Arrays.fill(pastCount, 0);
        Arrays.fill(pastSum, 0);
        Arrays.fill(pastSquares, 0);
        for (int i = 0; i < RECENT; i++) {
            clear(i);
        }
        next = 0;
        taken = 0;
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
        Sums recent = new Sums();
        recent.n = total(count);
        recent.sum = total(sum);
        recent.squares = total(squares);
        recent.x = total(minutes);
        recent.xx = total(minutesSquared);
        recent.xv = total(cross);
        boolean slow = recent.n < LEAST_SAMPLES && taken >= LEAST_SAMPLES && latest - oldest() <= LONGEST_MS;
        Sums past = new Sums();
        long begin = latest - PAST_MS;
        int covered;
        if (slow) {
            begin = Math.min(begin, oldest());
            recent = new Sums();
            for (int i = 0; i < LEAST_SAMPLES; i++) {
                recent.add((lastAt[i] - start) / 60_000.0, lastValue[i]);
            }
            covered = past(oldest() / PAST_MS, past);
        } else {
            covered = past(Long.MAX_VALUE, past);
        }
        boolean warm = recent.n >= LEAST_SAMPLES
                && past.n >= LEAST_SAMPLES
                && covered >= LEAST_PAST
                && begin - start >= LEAST_PAST * PAST_MS;
        return new Figures(
                origin + recent.mean(),
                recent.deviation(),
                recent.slope(),
                origin + past.mean(),
                past.deviation(),
                (int) recent.n,
                warm);
    }

    /** When the first of the last ten readings came. */
    private long oldest() {
        return lastAt[next];
    }

    /** Adds up the hour that ends in a five-minute bucket, without the recent readings in it; how many buckets are covered. */
    private int past(long last, Sums past) {
        long newest = (bucket - RECENT) * RECENT_MS / PAST_MS;
        boolean apart = last <= newest;
        long end = Math.min(last, newest);
        int covered = 0;
        for (long one = end - HOUR + 1; one <= end; one++) {
            int i = (int) Math.floorMod(one, (long) PAST);
            double n = pastCount[i];
            past.n += n;
            past.sum += pastSum[i];
            past.squares += pastSquares[i];
            if (apart && one == end) {
                n -= takeOut(one, past);
            }
            covered += n > 0 ? 1 : 0;
        }
        return covered;
    }

    /** Takes those of the last ten readings out that a bucket of the past has counted; how many they were. */
    private int takeOut(long pastBucket, Sums past) {
        int out = 0;
        for (int i = 0; i < LEAST_SAMPLES; i++) {
            long slot = lastAt[i] / RECENT_MS;
            if (slot <= bucket - RECENT && slot * RECENT_MS / PAST_MS == pastBucket) {
                past.n--;
                past.sum -= lastValue[i];
                past.squares -= lastValue[i] * lastValue[i];
                out++;
            }
        }
        return out;
    }

    /** What figures are worked out from. */
    private static final class Sums {
        private double n;
        private double sum;
        private double squares;
        private double x;
        private double xx;
        private double xv;

        void add(double minute, double value) {
            n++;
            sum += value;
            squares += value * value;
            x += minute;
            xx += minute * minute;
            xv += minute * value;
        }

        double mean() {
            return n > 0 ? sum / n : 0;
        }

        double deviation() {
            return n < 2 ? 0 : Math.sqrt(Math.max(0, (squares - sum * sum / n) / (n - 1)));
        }

        double slope() {
            double spread = n * xx - x * x;
            return spread > 1e-9 ? (n * xv - x * sum) / spread : 0;
        }
    }

    private static double total(double[] buckets) {
        double total = 0;
        for (double value : buckets) {
            total += value;
        }
        return total;
    }
}
