package io.tocsin.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An appliance as a process: {@code java -jar target/tocsin.jar run} in a folder of its own, on ports of its own. It may be
 * killed, told to end and started again on the same data; what it said is kept over all its lives.
 */
final class ProcessAppliance implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final List<String> HEARS_HANG_UPS = hearing();

    private final Path home;
    private final Path rules;
    private final int port = Jar.freePort();
    private final int busPort = Jar.freePort();
    private final List<String> sets = new ArrayList<>();
    private final Http http = new Http("http://127.0.0.1:" + port);
    private List<String> flags = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private Path data;
    private Process process;
    private volatile boolean frozen;

    /**
     * Not started yet.
     *
     * @param home where its config, its data and what it says lie
     */
    ProcessAppliance(Path home, Path rules) {
        this.home = home;
        this.rules = rules;
        this.data = home.resolve("data");
        config("");
        set("hazelcast.enabled=false");
        set("collect.host.enabled=false");
        set("rehearse=false");
    }

    /** Writes its config file. */
    ProcessAppliance config(String yaml) {
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("tocsin.yaml"), yaml);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Config with the fake receivers. */
    ProcessAppliance receivers(String slack, String pagerduty) {
        return config(String.join(
                "\n",
                "receivers:",
                "  log: {}",
                "  slack: {url: \"" + slack + "\"}",
                "  pagerduty: {url: \"" + pagerduty + "\", routing_key: \"" + "k".repeat(32) + "\"}",
                ""));
    }

    /** One more value by {@code --set}; a later one counts. */
    ProcessAppliance set(String value) {
        String key = value.substring(0, value.indexOf('=') + 1);
        sets.removeIf(old -> old.startsWith(key));
        sets.add(value);
        return this;
    }

    /** Takes part in a Hazelcast cluster of its own. */
    ProcessAppliance clustered() {
        set("hazelcast.enabled=true");
        set("hazelcast.port=" + busPort);
        return set("hazelcast.members=127.0.0.1:" + busPort);
    }

    /** Takes part in the cluster of these members, on the store that they share. */
    ProcessAppliance joining(String store, List<Integer> busPorts) {
        clustered();
        set("store.url=" + store);
        return set("hazelcast.members="
                + busPorts.stream().map(one -> "127.0.0.1:" + one).collect(Collectors.joining(",")));
    }

    /** Writes what it writes to another folder. */
    ProcessAppliance data(Path other) {
        data = other;
        return this;
    }

    /** Java's flags, for those who measure. */
    ProcessAppliance flags(String... given) {
        flags = List.of(given);
        return this;
    }

    /** The words on its command line. */
    List<String> command() {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--config",
                home.resolve("tocsin.yaml").toString(),
                "--data",
                data().toString(),
                "--rules",
                rules.toString(),
                "--color",
                "never",
                "--set",
                "http.port=" + port));
        sets.forEach(value -> words.addAll(List.of("--set", value)));
        return Jar.command(flags, words);
    }

    /** Under {@code nohup} the tests, and so all they start, ignore SIGHUP; GNU's env undoes that. */
    private static List<String> hearing() {
        List<String> words = List.of("env", "--default-signal=HUP");
        List<String> trial = new ArrayList<>(words);
        trial.add("true");
        return Jar.finish(Path.of("."), Map.of(), trial).code() == 0 ? words : List.of();
    }

    /** Starts the process, no more. */
    ProcessAppliance launch() {
        try {
            List<String> words = new ArrayList<>(HEARS_HANG_UPS);
            words.addAll(command());
            process = new ProcessBuilder(words)
                    .directory(home.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("out.log").toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            home.resolve("err.log").toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process and waits until it is ready. */
    ProcessAppliance start() {
        launch();
        return awaitReady();
    }

    /** Waits until a process that was launched is ready. */
    ProcessAppliance awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(this::readyOrEnded);
        if (!process.isAlive()) {
            throw new AssertionError("ended with " + process.exitValue() + "\n" + said());
        }
        return this;
    }

    private boolean readyOrEnded() {
        return !process.isAlive() || ready();
    }

    boolean ready() {
        try {
            return http.get("/-/ready").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Starts a process that is expected to end by itself. */
    Jar.Result startInVain() {
        return Jar.finish(home, Map.of(), command());
    }

    /** {@code kill -9}. */
    void kill() {
        frozen = false;
        process.destroyForcibly();
        ended();
    }

    /** {@code kill}; its exit code. */
    int terminate() {
        process.destroy();
        return ended();
    }

    /**
     * Ctrl-C; its exit code. A build that a shell put into the background hands down that SIGINT is ignored, and Java keeps
     * to it; then SIGTERM stands in, which takes the same way.
     */
    int interrupt() {
        Jar.finish(
                home, Map.of(), List.of("kill", ignoresInterrupts() ? "-TERM" : "-INT", Long.toString(process.pid())));
        return ended();
    }

    /** Frozen, as by a stopped virtual machine, until {@link #thaw}. */
    void freeze() {
        frozen = true;
        Jar.finish(home, Map.of(), List.of("kill", "-STOP", Long.toString(process.pid())));
    }

    /** Goes on. */
    void thaw() {
        frozen = false;
        Jar.finish(home, Map.of(), List.of("kill", "-CONT", Long.toString(process.pid())));
    }

    /** {@code kill -HUP}; it goes on. */
    void hangUp() {
        Jar.finish(home, Map.of(), List.of("kill", "-HUP", Long.toString(process.pid())));
    }

    private boolean ignoresInterrupts() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        } catch (IOException noSuchFile) {
            return false;
        }
    }

    private int ended() {
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean frozen() {
        return frozen;
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    Http http() {
        return http;
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    int busPort() {
        return busPort;
    }

    Path data() {
        return data;
    }

    /** Where other members find it. */
    String place() {
        return "127.0.0.1:" + busPort;
    }

    /** What it shows for whoever measures; one line a figure. */
    List<String> metrics() {
        return http.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** The sum of all figures whose line begins so. */
    double figure(String beginning) {
        return metrics().stream()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Asks its Java machine something with {@code jcmd}. */
    String ask(String... question) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
        words.addAll(List.of(question));
        Jar.Result answer = Jar.finish(home, Map.of(), words);
        if (answer.code() != 0) {
            throw new AssertionError(answer.all());
        }
        return answer.out();
    }

    /** All that its lives wrote to standard output and error. */
    String said() {
        return read("out.log") + read("err.log");
    }

    private String read(String name) {
        try {
            return Files.exists(home.resolve(name)) ? Files.readString(home.resolve(name)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (alive()) {
            kill();
        }
    }
}
