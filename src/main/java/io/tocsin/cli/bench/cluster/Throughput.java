package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.bench.BenchRules;
import io.tocsin.cli.bench.Result;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** How many readings a second members take, three and one of them, and what it costs to pass one on. */
final class Throughput {
    static final String SHARE = "share";
    static final String TIMES_ALONE = "times_alone";

    private static final int NODES = 20;
    private static final int READINGS = NODES * BenchRules.COUNT;
    private static final int VARIANTS = 2;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Turns of one member's clusters, at their owner and at another one. */
    private static final int TURNS = 9;

    /** For each second that a measurement should take. */
    private static final int READINGS_A_TURN = 15_000;

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Vertx vertx;
    private final Trio trio;
    private final int seconds;
    private final Consumer<String> progress;
    private final Map<String, List<Buffer>> bodies = new HashMap<>();

    Throughput(Vertx vertx, Trio trio, int seconds, Consumer<String> progress) {
        this.vertx = vertx;
        this.trio = trio;
        this.seconds = seconds;
        this.progress = progress;
        for (String cluster : trio.clusters()) {
            List<Buffer> variants = new ArrayList<>();
            for (int i = 0; i < VARIANTS; i++) {
                variants.add(Readings.figures(cluster, NODES, i));
            }
            bodies.put(cluster, variants);
        }
    }

    List<Result> measure() {
        progress.accept("throughput: warming up");
        List<Member> all = trio.members();
        warmUp(all);
        Result forwarding = forwarding();
        progress.accept("throughput: three members");
        double three = perSec(all, seconds);
        progress.accept("throughput: stopping two");
        all.subList(1, all.size()).forEach(Member::terminate);
        List<Member> one = all.subList(0, 1);
        progress.accept("throughput: one member");
        warmUp(one);
        double alone = perSec(one, seconds);
        return List.of(
                new Result("alone", "readings a second that one member alone evaluates").with(Result.PER_SEC, alone),
                new Result("three", "that three evaluate together on this machine, sent to each of them")
                        .with(Result.PER_SEC, three)
                        .with(TIMES_ALONE, three / alone),
                forwarding);
    }

    /** By processor time, not by the clock: what else the machine does must not decide how well they are compiled. */
    private void warmUp(List<Member> to) {
        List<Duration> begun = to.stream().map(Member::cpu).toList();
        Pump pump = new Pump(vertx, trio.doors(), parcels(trio.clusters(), to));
        pump.start();
        Waits.within(
                LONGEST,
                () -> IntStream.range(0, to.size())
                        .allMatch(i -> to.get(i).cpu().minus(begun.get(i)).toSeconds() >= seconds));
        pump.stop();
    }

    /** The median second. */
    private double perSec(List<Member> to, int seconds) {
        Pump pump = new Pump(vertx, trio.doors(), parcels(trio.clusters(), to));
        pump.start();
        List<Double> perSec = new ArrayList<>();
        for (int i = 0; i <= seconds; i++) {
            long before = pump.evaluated();
            long begin = System.nanoTime();
            Waits.pause(SECOND);
            // in the first one connections are made
            if (i > 0) {
                perSec.add((pump.evaluated() - before) * 1e9 / (System.nanoTime() - begin));
            }
        }
        pump.stop();
        return Quantiles.median(perSec);
    }

    private List<Pump.Parcel> parcels(List<String> clusters, List<Member> to) {
        List<Pump.Parcel> parcels = new ArrayList<>();
        for (String cluster : clusters) {
            for (Buffer body : bodies.get(cluster)) {
                to.forEach(member -> parcels.add(new Pump.Parcel(member, body, READINGS)));
            }
        }
        Collections.shuffle(parcels, new Random(7));
        return parcels;
    }

    /**
     * In turns, the clusters of one member are sent to itself, and to another one that has to pass all on. What passing on
     * adds is what all members take more for a reading then.
     */
    private Result forwarding() {
        List<Double> local = new ArrayList<>();
        List<Double> passed = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            progress.accept("throughput: passing on, " + (turn + 1) + " of " + TURNS);
            Member owner = trio.members().get(turn % Trio.MEMBERS);
            Member other = trio.members().get((turn + 1) % Trio.MEMBERS);
            List<String> clusters = trio.clustersOf(owner);
            double here = cpuNanos(clusters, owner);
            double there = cpuNanos(clusters, other);
            local.add(here);
            passed.add(there);
            share.add((there - here) / here);
        }
        return new Result("forwarding", "CPU that passing a reading on adds, to that of evaluating it where it arrives")
                .with("local_cpu_ns", Quantiles.median(local))
                .with("forwarded_cpu_ns", Quantiles.median(passed))
                .with(SHARE, Quantiles.median(share));
    }

    private double cpuNanos(List<String> clusters, Member to) {
        Pump pump = new Pump(vertx, trio.doors(), parcels(clusters, List.of(to)));
        Duration before = cpu();
        pump.run((long) seconds * READINGS_A_TURN);
        return (double) cpu().minus(before).toNanos() / pump.evaluated();
    }

    private Duration cpu() {
        return trio.members().stream().map(Member::cpu).reduce(Duration.ZERO, Duration::plus);
    }
}
