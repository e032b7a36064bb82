package io.tocsin.cli.bench;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.lane.Step;
import io.tocsin.model.Alert;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Metric;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What open alerts cost while nothing happens but time: alerts that fired one after the other over a quarter of an hour
 * climb three levels, as nobody answers.
 */
final class Ladder {
    private static final Duration TICK = Duration.ofMillis(100);
    // no multiple of the tick, so that deadlines fall between ticks
    private static final Duration OPENING_STEP = Duration.ofMillis(1001);
    private static final int OPENING_STEPS = 15 * 60;
    private static final int MEASURED_SECONDS = 30 * 60;
    private static final Duration TTL = Duration.ofHours(4);

    private final int alerts;
    private final Traffic traffic;
    private final WholeSession session;
    private long escalations;
    private double lateMillis;

    private Ladder(WholeSession session, int alerts) {
        this.session = session;
        this.alerts = alerts;
        this.traffic = new Traffic(alerts);
    }

    static Result measure(int alerts, Consumer<String> progress) {
        try (RuleBook book = BenchRules.thresholds("critical", "0s")
                        .routed()
                        .laddered()
                        .compiled();
                WholeSession session = new WholeSession(book)) {
            Ladder ladder = new Ladder(session, alerts);
            progress.accept("ladder: opening " + alerts + " alerts");
            ladder.open();
            progress.accept("ladder: letting " + MEASURED_SECONDS / 60 + " minutes pass");
            return ladder.climb();
        }
    }

    private void open() {
        for (int step = 0, opened = 0; step < OPENING_STEPS; step++) {
            traffic.wait(OPENING_STEP);
            int upTo = (int) ((long) alerts * (step + 1) / OPENING_STEPS);
            List<Metric> batch = new ArrayList<>();
            for (; opened < upTo; opened++) {
                batch.add(traffic.reading(opened, TTL, true));
            }
            session.take(batch, traffic.now());
        }
    }

    private Result climb() {
        var threads = ManagementFactory.getThreadMXBean();
        double longest = 0;
        long cpu = threads.getCurrentThreadCpuTime();
        for (Instant now = traffic.now(), end = now.plusSeconds(MEASURED_SECONDS); now.isBefore(end); ) {
            now = now.plus(TICK);
            long begin = System.nanoTime();
            Step step = session.advance(now);
            double took = (System.nanoTime() - begin) / 1e6;
            longest = Math.max(longest, took);
            look(step, now, took);
        }
        double cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1e6;
        return new Result("ladder", "open alerts climb three levels while time passes in steps of 100 ms")
                .with("alerts", session.watch().alerts().size())
                .with("cpu_ms_per_sec", cpuMillis / MEASURED_SECONDS)
                .with("escalations", escalations)
                .with("late_ms_max", lateMillis)
                .with("step_ms_max", longest);
    }

    /** An escalation is late by the rest of the tick in which it was due and by the time that the step took. */
    private void look(Step step, Instant now, double took) {
        for (Step.Changed change : step.changes()) {
            if (change.transition().kind() == ChangeKind.ESCALATED) {
                escalations++;
                long waited = Duration.between(due(change.alert()), now).toMillis();
                lateMillis = Math.max(lateMillis, waited + took);
            }
        }
    }

    /** When the level that an alert has reached was due, worked out from when it fired. */
    private static Instant due(Alert alert) {
        Instant due = alert.firedAt();
        for (int level = 0; level < alert.level(); level++) {
            due = due.plus(Duration.ofMinutes(BenchRules.LADDER_MINUTES.get(level)));
        }
        return due;
    }
}
