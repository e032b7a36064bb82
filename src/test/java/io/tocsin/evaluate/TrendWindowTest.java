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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window's running sums against the same figures worked out one by one. */
class TrendWindowTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final Offset<Double> SAME = within(1e-6);

    private record Sample(long at, double value) {}

    private TrendWindow window = new TrendWindow();
    private final List<Sample> samples = new ArrayList<>();
    /** Those since the window began, or began anew after more than 65 minutes of silence. */
    private final List<Sample> since = new ArrayList<>();

    private void add(long at, double value) {
        window.add(at, value);
        if (!samples.isEmpty()
                && bucket(at) - bucket(samples.get(samples.size() - 1).at()) > 390) {
            since.clear();
        }
        samples.add(new Sample(at, value));
        since.add(new Sample(at, value));
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

    /** The newest 30 ten-second buckets; where these hold fewer than ten, the last ten, if they reach back 50 minutes at most. */
    private List<Sample> recent() {
        long latest = samples.get(samples.size() - 1).at();
        long now = bucket(latest);
        List<Sample> inBuckets =
                samples.stream().filter(s -> bucket(s.at()) > now - 30).toList();
        List<Sample> lastTen = since.subList(Math.max(0, since.size() - 10), since.size());
        boolean slow = inBuckets.size() < 10
                && lastTen.size() == 10
                && latest - lastTen.get(0).at() <= 50 * 60_000;
        return slow ? lastTen : inBuckets;
    }

    /** What came before those, as far as twelve five-minute buckets reach back. */
    private List<Sample> past() {
        long now = bucket(samples.get(samples.size() - 1).at());
        List<Sample> recent = recent();
        long newest = Math.min(
                (now - 30) * 10_000 / 300_000,
                recent.size() == 10 ? recent.get(0).at() / 300_000 : Long.MAX_VALUE);
        return samples.stream()
                .filter(s -> bucket(s.at()) <= now - 30 && !recent.contains(s))
                .filter(s -> s.at() / 300_000 > newest - 12 && s.at() / 300_000 <= newest)
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
    void figuresOfSlowSeriesAreThoseOfTheirLastTenSamplesAndTheHourBefore() {
        for (int step : List.of(20, 31, 45, 60, 100, 180, 300)) {
            Random random = new Random(step);
            window = new TrendWindow();
            samples.clear();
            since.clear();
            long at = START + 777;
            for (int i = 0; i < 400; i++) {
                at += step * 1000L + random.nextInt(2000) - 1000;
                add(at, 40 + random.nextGaussian() * 15);
                agrees();
            }
            assertThat(window.figures().warm()).as("every %s s", step).isTrue();
            assertThat(window.figures().samples()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void readingsThatComeNowOftenAndNowSeldomAreEachCountedOnce() {
        Random random = new Random(23);
        long at = START;
        int step = 5_000;
        for (int i = 0; i < 4000; i++) {
            step = random.nextInt(40) == 0 ? 1_000 + random.nextInt(400_000) : step;
            at += step;
            add(at, random.nextDouble() * 100);
            agrees();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 15", "30, 15", "60, 19", "180, 57", "300, 95"})
    void warmComesWithTenReadingsAndTenBeforeThem(int stepSeconds, int minute) {
        long second = -stepSeconds;
        do {
            second += stepSeconds;
            add(START + second * 1000, 1);
        } while (!window.figures().warm() && second < 7200);
        assertThat(second).isEqualTo(minute * 60L);
    }

    @Test
    void oneOddReadingOfASlowSeriesIsNoMove() {
        feed(0, 7200, 60, minute -> 100);
        add(START + 7200_000, 500);
        TrendWindow.Figures is = window.figures();
        assertThat(is.warm()).isTrue();
        assertThat(is.mean()).isCloseTo(140, within(0.1));
        assertThat(is.baseMean()).isCloseTo(100, within(0.1));
    }

    @Test
    void seriesThatReportsTooSeldomIsNeverWarm() {
        for (int i = 0; i < 200; i++) {
            add(START + i * 400_000L, 1);
            assertThat(window.figures().warm()).isFalse();
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
