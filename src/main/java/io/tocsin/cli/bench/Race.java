package io.tocsin.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures contenders on one thread with the same readings, in turns, so that whatever else the machine does hits all
 * alike; of each the median turn counts. Making the readings is part of what is measured.
 */
final class Race {
    private static final int ROUNDS = 7;
    private static final int MOST_WARM_UPS = 12;
    private static final double STEADY = 1.05;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final long turnNanos;
    private final Consumer<String> progress;
    private final List<Runner> runners = new ArrayList<>();

    Race(int seconds, Consumer<String> progress) {
        this.turnNanos = seconds * 1_000_000_000L / ROUNDS;
        this.progress = progress;
    }

    private static final class Runner {
        private final Result result;
        private final Contender contender;
        private final Traffic traffic;
        private final double[] perSec = new double[ROUNDS];
        private final double[] cpuNanos = new double[ROUNDS];
        private final double[] processNanos = new double[ROUNDS];

        private Runner(Result result, Contender contender, Traffic traffic) {
            this.result = result;
            this.contender = contender;
            this.traffic = traffic;
        }
    }

    void enter(String name, String what, Contender contender, int series) {
        runners.add(new Runner(new Result(name, what).with("series", series), contender, new Traffic(series)));
    }

    /**
     * Runs until steady, then measures. The first two that were entered are what all are compared with, turn by turn: the
     * plain loop and the rule engine alone.
     */
    List<Result> run() {
        for (Runner runner : runners) {
            progress.accept(runner.result.name() + ": warming up");
            warmUp(runner);
        }
        for (int round = 0; round < ROUNDS; round++) {
            progress.accept("round " + (round + 1) + " of " + ROUNDS);
            for (Runner runner : runners) {
                turn(runner, round);
            }
        }
        List<Result> results = new ArrayList<>();
        for (Runner runner : runners) {
            results.add(runner.result
                    .with(Result.PER_SEC, median(runner.perSec))
                    .with("per_sec_min", Arrays.stream(runner.perSec).min().orElseThrow())
                    .with("per_sec_max", Arrays.stream(runner.perSec).max().orElseThrow())
                    .with("cpu_ns", median(runner.cpuNanos))
                    .with("process_cpu_ns", median(runner.processNanos))
                    .with(Result.TIMES_PLAIN, times(runners.get(0), runner))
                    .with(Result.TIMES_DROOLS, times(runners.get(1), runner)));
            runner.contender.close();
        }
        return results;
    }

    private void warmUp(Runner runner) {
        int series = runner.traffic.series();
        for (int taken = 0; taken < 2 * series; taken += Traffic.BATCH) {
            runner.contender.take(runner.traffic.next(), runner.traffic.now());
        }
        double best = 0;
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            double perSec = turn(runner, 0);
            if (i > 1 && perSec < best * STEADY) {
                return;
            }
            best = Math.max(best, perSec);
        }
    }

    private double turn(Runner runner, int round) {
        long cpu = threads.getCurrentThreadCpuTime();
        long all = process.getProcessCpuTime();
        long begin = System.nanoTime();
        long taken = 0;
        long now;
        do {
            var batch = runner.traffic.next();
            runner.contender.take(batch, runner.traffic.now());
            taken += batch.size();
            now = System.nanoTime();
        } while (now - begin < turnNanos);
        runner.perSec[round] = taken * 1e9 / (now - begin);
        runner.cpuNanos[round] = (double) (threads.getCurrentThreadCpuTime() - cpu) / taken;
        runner.processNanos[round] = (double) (process.getProcessCpuTime() - all) / taken;
        return runner.perSec[round];
    }

    /** How many times as long a reading takes; turns of one round are compared, as the machine was alike then. */
    private static double times(Runner base, Runner runner) {
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            times[round] = base.perSec[round] / runner.perSec[round];
        }
        return median(times);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
