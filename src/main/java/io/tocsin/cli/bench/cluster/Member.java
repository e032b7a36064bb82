package io.tocsin.cli.bench.cluster;

import io.tocsin.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One member: a process of this version, on ports of its own. It may be started again on the same data. */
final class Member {
    private static final int SAID = 12;

    private final Path home;
    private final int port;
    private final int busPort;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Guard guard;
    private volatile Process process;
    private volatile boolean away;
    private boolean over;

    /**
     * Not started yet.
     *
     * @param home its folder, which holds its configuration
     * @param command the words that start it
     * @param environment what it gets beside what this process has
     */
    Member(Path home, Ports ports, List<String> command, Map<String, String> environment, Guard guard) {
        this.home = home;
        this.port = ports.http();
        this.busPort = ports.bus();
        this.command = command;
        this.environment = environment;
        this.guard = guard;
    }

    /** Where a member listens, for HTTP and for other members. */
    record Ports(int http, int bus) {}

    /** Starts the process, no more. */
    synchronized void launch() {
        if (over) {
            throw new ClusterFault("interrupted");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        // what is configured for another appliance is not for this one
        builder.environment()
                .keySet()
                .removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("TOCSIN__"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException fault) {
            throw new ClusterFault("a member cannot be started: " + Text.clean(fault.getMessage()));
        }
        guard.watch(process);
        away = false;
    }

    /** {@code kill -9}; does not wait. */
    void kill() {
        away = true;
        process.destroyForcibly();
    }

    /** {@code kill}; waits for its end. */
    void terminate() {
        away = true;
        process.destroy();
        ended();
    }

    /** {@code kill -STOP}. */
    void freeze() {
        away = true;
        signal("-STOP");
    }

    /** {@code kill -CONT}. */
    void thaw() {
        signal("-CONT");
        away = false;
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new ClusterFault("kill " + signal + " does not work here, so nothing can be frozen");
            }
        } catch (IOException fault) {
            throw new ClusterFault("kill " + signal + " cannot be started: " + Text.clean(fault.getMessage()));
        } catch (InterruptedException ended) {
            throw Waits.interrupted();
        }
    }

    /** Waits for the end of its process. */
    void ended() {
        Waits.until("a member ends", Duration.ofSeconds(20), () -> process == null || !process.isAlive());
    }

    /** Kills it, whatever it is at, for good. */
    synchronized void end() {
        over = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Whether telemetry may be sent to it. */
    boolean there() {
        return !away && process != null && process.isAlive();
    }

    /** The processor time that it took so far. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    int port() {
        return port;
    }

    /** What it is called among members. */
    String place() {
        return "127.0.0.1:" + busPort;
    }

    /** The reason why it ended, as it said it; null while it runs. */
    String lastWords() {
        return process.isAlive() ? null : "a member ended with " + process.exitValue() + ":\n" + said();
    }

    private String said() {
        try {
            List<String> lines = new String(Files.readAllBytes(log()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - SAID), lines.size()).stream()
                            .map(line -> "  " + Text.clean(Text.cut(line, 300)))
                            .toList());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private Path log() {
        return home.resolve("log");
    }
}
