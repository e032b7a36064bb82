package io.tocsin.cli.bench;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Measures the engine: readings a second, open alerts on a ladder, heap. One thread, simulated time, store in memory. */
public final class EngineBench {
    private static final int MANY_SERIES = 500_000;
    private static final int FEW_SERIES = 10_000;
    private static final int ALERTS = 100_000;
    private static final int MB = 1 << 20;

    private final int seconds;
    private final int series;
    private final Consumer<String> progress;
    private final List<Result> results = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private EngineBench(int seconds, int series, Consumer<String> progress) {
        this.seconds = seconds;
        this.series = series;
        this.progress = progress;
    }

    /**
     * Measures and prints.
     *
     * @param seconds how long each measurement takes, seconds
     * @param series how many series the first rows have
     * @return the exit code
     */
    public static int run(int seconds, int series, Terminal terminal, Parts.Look look) {
        Progress progress = new Progress(terminal);
        EngineBench bench = new EngineBench(seconds, series, progress::show);
        bench.measure();
        progress.clear();
        Report report = new Report(Machine.here(), bench.results, bench.leftOut);
        terminal.out().println(look.json() ? report.json() : report.table());
        return 0;
    }

    private void measure() {
        if (fits("rates at " + series + " series", (long) series * 1600 / MB + 500)) {
            race("", series);
        }
        if (fits("rates at " + MANY_SERIES + " series", 1200)) {
            race("_500k", MANY_SERIES);
        }
        part("ladder", 1000, () -> Ladder.measure(ALERTS, progress));
        part("heap_series", 600, () -> HeapUse.series(FEW_SERIES, MANY_SERIES, progress));
        part("heap_alert", 800, () -> HeapUse.alerts(ALERTS, progress));
    }

    private void race(String suffix, int series) {
        try (RuleBook held = BenchRules.thresholds("warning", "30s").compiled();
                RuleBook atOnce =
                        BenchRules.thresholds("warning", "0s").routed().compiled()) {
            Race race = new Race(seconds, progress);
            race.enter("plain" + suffix, "a loop with a map of limits and a set of open keys", new PlainLoop(), series);
            race.enter("drools" + suffix, "the rule engine alone", new BareEngine(held), series);
            race.enter(
                    "session" + suffix,
                    "the whole session; crossings lapse in their hold",
                    new WholeSession(held),
                    series);
            if (suffix.isEmpty()) {
                race.enter(
                        "session_firing",
                        "the same; every crossing fires and resolves",
                        new WholeSession(atOnce),
                        series);
            }
            results.addAll(race.run());
        }
    }

    private void part(String name, int needsMb, Supplier<Result> measurement) {
        if (fits(name, needsMb)) {
            results.add(measurement.get());
        }
    }

    private boolean fits(String part, long needsMb) {
        long heap = Machine.here().heapMaxMb();
        if (heap >= needsMb) {
            return true;
        }
        leftOut.add(part + " left out: needs a heap of " + needsMb + " MiB, there are " + heap
                + "; set TOCSIN_JAVA_OPTS=-Xmx" + needsMb + "m");
        return false;
    }
}
