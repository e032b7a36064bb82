package io.tocsin.cli;

import io.tocsin.cli.demo.Story;
import io.tocsin.model.Text;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends an hour of a cluster that never was to a running member, to look at. */
@Command(
        name = "demo",
        description = {
            "Sends a running member an hour of a five-node store in two minutes: a node degrades, latency rises, quorum is"
                    + " nearly lost, somebody answers, all is mended.",
            "It is a monitored cluster of its own; whoever is told of alerts is told of these. With accounts it needs a"
                    + " token of an admin.",
            "Exits with 1 if nothing fired, or something stays open."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String USUAL = "demo";
    private static final double LEAST = 0.05;
    private static final double MOST = 600;

    private final Terminal terminal;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = USUAL,
            description = "The monitored cluster that it plays. Default: demo.")
    private String cluster;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "How long the hour takes, such as 2 or 0.5; in less than 2 the shipped rules hold back most of"
                            + " it. Default: 2.")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what wavers: the same number sends the same figures. Default: 1.")
    private long seed;

    @Option(
            names = "--end",
            description =
                    "Tells no story: sends that all is well and waits until nothing is open, after a demo that was"
                            + " stopped.")
    private boolean end;

    @Mixin
    private Server server;

    @Mixin
    private Output output;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!cluster.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw Exit.cannot("--cluster " + Text.clean(cluster) + ": expected a name of letters, digits, . _ and -");
        }
        if (!(minutes >= LEAST && minutes <= MOST)) {
            throw Exit.cannot("--minutes " + Text.number(minutes) + ": expected " + Text.number(LEAST) + " to "
                    + Text.number(MOST));
        }
        ApiClient api = server.connect(terminal);
        Duration step = Duration.ofMillis(Math.round(minutes * 60_000 / Story.STEPS));
        DemoVoice voice = new DemoVoice(terminal, output);
        DemoRun run = new DemoRun(api, new Story(cluster, seed), cluster, voice, step);
        run.lookAround();
        if (end) {
            return run.end();
        }
        Thread last = new Thread(() -> voice.stopped(cleanUp(api)), "tocsin-demo-stopped");
        Runtime.getRuntime().addShutdownHook(last);
        try {
            voice.begin(cluster, api.url(), step.multipliedBy(Story.STEPS));
            return run.play(cleanUp(api));
        } finally {
            forget(last);
        }
    }

    private String cleanUp(ApiClient api) {
        return "./tocsin demo --end" + (cluster.equals(USUAL) ? "" : " --cluster " + cluster)
                + (api.url().equals(Server.DEFAULT) ? "" : " --url " + Text.clean(api.url()));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // it is being run: the process ends
            return;
        }
    }
}
