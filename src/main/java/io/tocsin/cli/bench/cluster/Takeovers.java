package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** How long it takes from the end of an owner until the next alert of its cluster is told. Each member in turn. */
final class Takeovers {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration BREATH = Duration.ofMillis(500);

    private final Trio trio;
    private final Load load;
    private final Incidents incidents;
    private final Consumer<String> progress;

    Takeovers(Trio trio, Load load, Incidents incidents, Consumer<String> progress) {
        this.trio = trio;
        this.load = load;
        this.incidents = incidents;
        this.progress = progress;
    }

    /** {@code kill -9}. */
    Result kills(int times) {
        return measure(
                new Result("takeover", "the owner is killed, until the next alert of its cluster is told")
                        .with("kills", times),
                "killed",
                times,
                Member::kill,
                member -> {
                    member.ended();
                    member.launch();
                });
    }

    /** {@code kill -STOP}. */
    Result freezes(int times) {
        return measure(
                new Result("freeze", "the owner freezes, until the next alert of its cluster is told")
                        .with("freezes", times),
                "frozen",
                times,
                Member::freeze,
                Member::thaw);
    }

    private Result measure(Result result, String done, int times, Consumer<Member> harm, Consumer<Member> repair) {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < times; round++) {
            progress.accept(done + " " + (round + 1) + " of " + times);
            Member owner = trio.members().get(round % Trio.MEMBERS);
            List<String> its = trio.clustersOf(owner);
            String cluster = its.get(round / Trio.MEMBERS % its.size());
            Waits.pause(BREATH);

            long begin = System.nanoTime();
            harm.accept(owner);
            String node = load.fallsIll(cluster, 0, done + "-" + round);
            millis.add(told(node, begin));

            repair.accept(owner);
            trio.awaitReady(owner);
            trio.awaitHome();
        }
        return Quantiles.of(millis, result);
    }

    private double told(String node, long begin) {
        Waits.within(MOST, () -> incidents.openedAt(node).isPresent());
        OptionalLong at = incidents.openedAt(node);
        return at.isPresent() ? (at.getAsLong() - begin) / 1e6 : MOST.toMillis();
    }
}
