package io.tocsin.cli.bench.cluster;

import io.tocsin.cli.Paint;
import io.tocsin.cli.Parts;
import io.tocsin.cli.Parts.ClusterPart;
import io.tocsin.cli.Terminal;
import io.tocsin.cli.bench.Machine;
import io.tocsin.cli.bench.Progress;
import io.tocsin.cli.bench.Result;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures three members: what is late, lost or said twice when one of them dies, freezes or is stopped, how much they
 * take, and what it costs that they share. Puts everything away that it started, at Ctrl-C too.
 */
public final class ClusterBench {
    private static final int INTERRUPTED = 130;
    private static final int CANNOT = 2;

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Parts.Plan plan;
    private final Database.Maker databases;
    private final Progress progress;
    private final Clock clock;
    private final Java java;
    private final Hands hands = new Hands();
    private final Machine machine = Machine.here();
    private final List<Row> rows = new ArrayList<>();
    private Vertx vertx;
    private Guard guard;
    private String version;
    private boolean good = true;
    private volatile boolean interrupted;

    private ClusterBench(Parts.Plan plan, Database.Maker databases, Terminal terminal) {
        this.plan = plan;
        this.databases = databases;
        this.progress = new Progress(terminal);
        this.clock = terminal.clock();
        this.java = new Java(terminal.env().getOrDefault("TOCSIN_JAVA_OPTS", ""));
    }

    /**
     * Measures and prints.
     *
     * @param databases makes what the members share
     * @return the exit code: 1 if an incident was lost or doubled
     */
    public static int run(Parts.Plan plan, Database.Maker databases, Terminal terminal, Parts.Look look)
            throws IOException {
        ClusterBench bench = new ClusterBench(plan, databases, terminal);
        Thread hook = new Thread(bench::interrupted, "tocsin-bench-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            bench.measure();
        } catch (ClusterFault fault) {
            bench.awaitInterruption();
            bench.progress.clear();
            terminal.err().println("tocsin: " + fault.getMessage());
            return CANNOT;
        } finally {
            bench.hands.close();
            bench.awaitInterruption();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        bench.progress.clear();
        if (bench.hands.left() != null) {
            terminal.err().println("tocsin: " + bench.hands.left());
        }
        ClusterReport report = new ClusterReport(bench.machine, bench.version, bench.rows);
        terminal.out().println(look.json() ? report.json() : report.table(new Paint(look.colour())));
        return bench.good ? 0 : 1;
    }

    private void interrupted() {
        interrupted = true;
        hands.close();
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    /** What fails because it is put away is not worth a word. */
    private void awaitInterruption() {
        while (interrupted) {
            Waits.pause(SECOND);
        }
    }

    private void measure() throws IOException {
        Path folder = Files.createTempDirectory("tocsin-bench-");
        hands.hold(() -> Folders.delete(folder));
        // on a machine that is busy everything may be late; stdout is for the figures
        vertx = Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(NEVER.toMillis()));
        hands.hold(() -> vertx.close().await());
        guard = hands.hold(new Guard());
        Set<ClusterPart> parts = plan.parts();
        if (parts.stream().anyMatch(part -> part != ClusterPart.THROUGHPUT)) {
            comings(folder.resolve("paging"));
        }
        if (parts.contains(ClusterPart.THROUGHPUT)) {
            throughput(folder.resolve("throughput"));
        }
    }

    /** Members come and go, while nodes fall ill. */
    private void comings(Path folder) throws IOException {
        Policy.paging(folder.resolve("rules"));
        try (Pager pager = new Pager(vertx)) {
            try (Hands stage = hands.hold(new Hands())) {
                Trio trio = start(stage, folder, pager.url());
                Load load = stage.hold(new Load(vertx, trio, pager.incidents(), clock));
                Takeovers takeovers = new Takeovers(trio, load, pager.incidents(), progress::show);
                if (plan.parts().contains(ClusterPart.TAKEOVER) && plan.kills() > 0) {
                    rows.add(Row.atMost(takeovers.kills(plan.kills()), Quantiles.P99, 2000));
                }
                if (plan.parts().contains(ClusterPart.FREEZE) && plan.freezes() > 0) {
                    rows.add(Row.atMost(takeovers.freezes(plan.freezes()), Quantiles.P99, 12_000));
                }
                if (plan.parts().contains(ClusterPart.HANDOVER) && plan.handovers() > 0) {
                    List<Result> results = new Handovers(vertx, trio, progress::show).measure(plan.handovers());
                    rows.add(Row.atMost(results.get(0), Quantiles.MAX, 500));
                    rows.add(Row.of(results.get(1)));
                }
                progress.show("waiting until all is told");
                load.settle();
                incidents(pager.incidents().count());
            }
        }
    }

    private void incidents(Incidents.Count count) {
        good = count.good();
        count(count, "lost", count.lost(), "incidents never opened, or never closed, at the receiver");
        count(count, "doubled", count.doubled(), "incidents opened more than once");
        count(count, "early", count.early(), "incidents closed before anybody said that the node is well");
        rows.add(Row.of(counted("repeated", count.repeated(), "the same said again, which shows as one", count)));
    }

    private void count(Incidents.Count count, String name, int number, String what) {
        rows.add(Row.atMost(counted(name, number, what, count), ClusterReport.COUNT, 0));
    }

    private static Result counted(String name, int number, String what, Incidents.Count count) {
        return new Result(name, what)
                .with(ClusterReport.COUNT, number)
                .with("accepted", count.accepted())
                .with("opened", count.opened());
    }

    private void throughput(Path folder) throws IOException {
        Policy.thresholds(folder.resolve("rules"));
        try (Hands stage = hands.hold(new Hands())) {
            Trio trio = start(stage, folder, null);
            List<Result> results = new Throughput(vertx, trio, plan.seconds(), progress::show).measure();
            rows.add(Row.of(results.get(0)));
            rows.add(Row.atLeast(results.get(1), Throughput.TIMES_ALONE, 0.7));
            rows.add(Row.atMost(results.get(2), Throughput.SHARE, 0.3));
        }
    }

    private Trio start(Hands stage, Path folder, String pager) throws IOException {
        progress.show("starting three members");
        Database database = stage.hold(databases.make(plan.settings()));
        version = database.version();
        Trio trio = stage.hold(new Trio(vertx, guard, new Trio.Site(folder, database.environment(), pager, java)));
        return trio.start();
    }
}
