package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.Result;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How long a cluster rests while its owner is stopped in good order, and while it gets it back. Each member in turn. */
final class Handovers {
    private static final Duration CALM = Duration.ofMillis(1500);
    private static final Duration AFTER = Duration.ofMillis(800);

    private final Vertx vertx;
    private final Trio trio;
    private final Consumer<String> progress;

    Handovers(Vertx vertx, Trio trio, Consumer<String> progress) {
        this.vertx = vertx;
        this.trio = trio;
        this.progress = progress;
    }

    List<Result> measure(int times) {
        List<Double> calm = new ArrayList<>();
        List<Double> away = new ArrayList<>();
        List<Double> back = new ArrayList<>();
        for (int round = 0; round < times; round++) {
            progress.accept("stopped " + (round + 1) + " of " + times);
            Member owner = trio.members().get(round % Trio.MEMBERS);
            List<Member> others =
                    trio.members().stream().filter(one -> one != owner).toList();
            List<String> its = trio.clustersOf(owner);
            try (Flow flow = new Flow(vertx, trio.doors(), others, its.get(round / Trio.MEMBERS % its.size()))) {
                Waits.pause(AFTER);
                long begin = System.nanoTime();
                Waits.pause(CALM);
                long stopped = System.nanoTime();
                owner.terminate();
                Waits.pause(AFTER);
                long gone = System.nanoTime();
                owner.launch();
                trio.awaitReady(owner);
                trio.awaitHome();
                Waits.pause(AFTER);
                long here = System.nanoTime();
                calm.add(flow.longestGap(begin, stopped));
                away.add(flow.longestGap(stopped, gone));
                back.add(flow.longestGap(gone, here));
            }
        }
        return List.of(
                Quantiles.of(
                                away,
                                row(
                                        "handover",
                                        "the owner is stopped: longest time without a reading evaluated",
                                        times))
                        .with("calm_p50_ms", Quantiles.median(calm)),
                Quantiles.of(back, row("handback", "the owner is back and gets its cluster again: the same", times)));
    }

    private static Result row(String name, String what, int times) {
        return new Result(name, what).with("stops", times);
    }
}
