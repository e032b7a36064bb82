package io.tocsin.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The application of {@code docs/examples/shop} as a process, with nothing but its own jars. */
final class ShopProcess implements AutoCloseable {
    static final Path PROJECT = Jar.PROJECT.resolve("docs/examples/shop");

    /** What its pom resolves to; no class of ours among them. */
    private static final Libraries LIBRARIES = Libraries.of(
            "vertx-core",
            "vertx-core-logging",
            "vertx-hazelcast",
            "hazelcast",
            "jackson-core",
            "netty-buffer",
            "netty-codec-base",
            "netty-codec-compression",
            "netty-codec-dns",
            "netty-codec-http",
            "netty-codec-http2",
            "netty-codec-socks",
            "netty-common",
            "netty-handler",
            "netty-handler-proxy",
            "netty-resolver",
            "netty-resolver-dns",
            "netty-transport",
            "netty-transport-native-unix-common");

    private final int port = Jar.freePort();
    private final Path log;
    private final Process process;

    /** Compiles it into a folder and starts it there. */
    ShopProcess(Path folder, int member, String kind) {
        Path classes = folder.resolve("shop-classes");
        LIBRARIES.compile(PROJECT.resolve("src/main/java"), classes);
        log = folder.resolve("shop-" + port + ".log");
        Libraries all = LIBRARIES.and(classes).and(PROJECT.resolve("src/main/resources"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                all.path(),
                "example.Main",
                "127.0.0.1:" + member,
                Integer.toString(port),
                kind);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node that it reports for. */
    String node() {
        return "shop-" + port;
    }

    int port() {
        return port;
    }

    /** Somebody types a line. */
    void type(String line) {
        try {
            Writer keyboard = process.outputWriter(StandardCharsets.UTF_8);
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** {@code kill}. */
    void terminate() {
        process.destroy();
        ended();
    }

    /** Its exit code, once it has ended by itself or was told to. */
    int ended() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
