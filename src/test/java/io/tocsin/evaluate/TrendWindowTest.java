package io.tocsin.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The window's running sums against the same figures worked out one by one. */
class TrendWindowTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final Offset<Double> SAME = within(1e-6);

    private record Sample(long at, double value) {}

    private final TrendWindow window = new TrendWindow();
    private final List<Sample> samples = new ArrayList<>();

    private void add(long at, double value) {
        window.add(at, value);
        samples.add(new Sample(at, value));
    }

    /** One sample every {@code step} seconds; its value by the minutes since the start. */
    private void feed(long fromSecond, long toSecond, long step, DoubleUnaryOperator byMinute) {
        for (long second = fromSecond; second < toSecond; second += step) {
            add(START + second * 1000, byMinute.applyAsDouble(second / 60.0));
        }
    }

    private long bucket(long at) {
        return at / 10_000;
    }

    /** The newest 30 ten-second buckets. */
    private List<Sample> recent() {
        long now = bucket(samples.get(samples.size() - 1).at());
        return samples.stream().filter(s -> bucket(s.at()) > now - 30).toList();
    }

    /** What left those buckets, as far as twelve five-minute buckets reach back. */
    private List<Sample> past() {
        long now = bucket(samples.get(samples.size() - 1).at());
        long newest = (now - 30) * 10_000 / 300_000;
        return samples.stream()
                .filter(s -> bucket(s.at()) <= now - 30 && s.at() / 300_000 > newest - 12)
                .toList();
    }

    private static double mean(List<Sample> some) {
        return some.stream().mapToDouble(Sample::value).average().orElse(Double.NaN);
    }

    private static double deviation(List<Sample> some) {
        double mean = mean(some);
        double squares =
                some.stream().mapToDouble(s -> Math.pow(s.value() - mean, 2)).sum();
        return some.size() < 2 ? 0 : Math.sqrt(squares / (some.size() - 1));
    }

    private static double slope(List<Sample> some) {
        double x = some.stream().mapToDouble(s -> s.at() / 60_000.0).average().orElse(0);
        double y = mean(some);
        double up = some.stream()
                .mapToDouble(s -> (s.at() / 60_000.0 - x) * (s.value() - y))
                .sum();
        double down = some.stream()
                .mapToDouble(s -> Math.pow(s.at() / 60_000.0 - x, 2))
                .sum();
        return up / down;
    }

    private void agrees() {
        TrendWindow.Figures is = window.figures();
        assertThat(is.samples()).isEqualTo(recent().size());
        assertThat(is.mean()).isCloseTo(mean(recent()), SAME);
        assertThat(is.deviation()).isCloseTo(deviation(recent()), SAME);
        if (recent().size() > 1) {
            double slope = slope(recent());
            assertThat(is.slope()).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
        if (!past().isEmpty()) {
            assertThat(is.baseMean()).isCloseTo(mean(past()), SAME);
            assertThat(is.baseDeviation()).isCloseTo(deviation(past()), SAME);
        }
    }

    @Test
    void figuresAreThoseOfTheSamplesOneByOne() {
        Random random = new Random(7);
        long at = START + 3210;
        for (int i = 0; i < 3000; i++) {
            at += 200 + random.nextInt(9000);
            add(at, 40 + random.nextGaussian() * 15);
            if (i % 37 == 0) {
                agrees();
            }
        }
        agrees();
    }

    @Test
    void gapsOfEveryLengthLeaveNothingOldBehind() {
        Random random = new Random(11);
        long at = START;
        for (int i = 0; i < 1500; i++) {
            boolean gap = random.nextInt(25) == 0;
            at += gap ? random.nextInt(5_000_000) : 1000 + random.nextInt(20_000);
            add(at, random.nextDouble() * 100);
            agrees();
        }
    }

    @Test
    void straightLineHasItsSlopeAndNoOther() {
        feed(0, 3600, 5, minute -> 20 + 0.25 * minute);
        assertThat(window.figures().slope()).isCloseTo(0.25, SAME);
    }

    @Test
    void smallSlopeOnABigFigureIsNotLostInRounding() {
        feed(0, 7200, 5, minute -> 1e12 + 0.5 * minute);
        TrendWindow.Figures is = window.figures();
        assertThat(is.slope()).isCloseTo(0.5, within(1e-3));
        assertThat(is.mean()).isCloseTo(1e12 + 0.5 * (120 - 2.5 - 5 / 120.0), within(0.1));
    }

    @Test
    void constantFigureDeviatesByNothing() {
        feed(0, 4000, 5, minute -> 0.1);
        TrendWindow.Figures is = window.figures();
        assertThat(is.deviation()).isZero();
        assertThat(is.baseDeviation()).isZero();
        assertThat(is.slope()).isZero();
        assertThat(is.baseMean()).isCloseTo(0.1, SAME);
    }

    @Test
    void baselineIsTheHourBeforeTheLastFiveMinutesAndNotThoseMinutes() {
        feed(0, 3900, 5, minute -> 10);
        feed(3900, 4200, 5, minute -> 90);
        assertThat(window.figures().mean()).isCloseTo(90, within(0.1));
        assertThat(window.figures().baseMean()).isCloseTo(10, within(0.1));
        feed(4200, 4200 + 3900, 5, minute -> 90);
        assertThat(window.figures().baseMean()).isCloseTo(90, within(0.1));
    }

    @Test
    void oneSampleHasNeitherSlopeNorDeviation() {
        add(START, 5);
        TrendWindow.Figures is = window.figures();
        assertThat(is.samples()).isEqualTo(1);
        assertThat(is.mean()).isEqualTo(5);
        assertThat(is.slope()).isZero();
        assertThat(is.deviation()).isZero();
        assertThat(is.warm()).isFalse();
    }

    @Test
    void warmAfterFiveMinutesAndTenOfBaseline() {
        feed(0, 14 * 60, 10, minute -> 1);
        assertThat(window.figures().warm()).isFalse();
        feed(14 * 60, 15 * 60 + 10, 10, minute -> 1);
        assertThat(window.figures().warm()).isTrue();
    }

    @Test
    void tenMinutesOfBaselineAreTenMinutesWhereverTheyBegin() {
        for (long offset : List.of(0L, 100L, 170L, 250L, 290L)) {
            TrendWindow other = new TrendWindow();
            for (long second = 0; second <= 14 * 60; second += 10) {
                other.add(START + (offset + second) * 1000, 1);
            }
            assertThat(other.figures().warm())
                    .as("begun %s s after a full five minutes", offset)
                    .isFalse();
        }
    }

    @Test
    void coldAgainAfterALongSilence() {
        feed(0, 2000, 10, minute -> 1);
        assertThat(window.figures().warm()).isTrue();
        add(START + 2000_000 + 5 * 3_600_000L, 1);
        TrendWindow.Figures is = window.figures();
        assertThat(is.warm()).isFalse();
        assertThat(is.samples()).isEqualTo(1);
    }
}
