package io.tocsin.cli.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Plays cases on all processors; how they went is told in their order. */
final class Players {
    private static final int MOST = 8;

    private Players() {}

    static List<ScenarioRunner.Outcome> play(
            ScenarioRunner runner, List<Scenario> scenarios, Consumer<ScenarioRunner.Outcome> each)
            throws InterruptedException {
        int threads = Math.min(MOST, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "tocsin-scenario");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<ScenarioRunner.Outcome>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                scenario.cases().forEach(one -> running.add(pool.submit(() -> runner.play(scenario.file(), one))));
            }
            List<ScenarioRunner.Outcome> outcomes = new ArrayList<>();
            for (Future<ScenarioRunner.Outcome> one : running) {
                outcomes.add(one.get());
                each.accept(outcomes.get(outcomes.size() - 1));
            }
            return outcomes;
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
