package io.tocsin.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The packaged program and what it takes to start it. */
final class Jar {
    /** The project's folder. */
    static final Path PROJECT = Path.of("").toAbsolutePath();

    /** A command that hangs is told from one on a machine that is busy. */
    private static final int MOST_SECONDS = 240;

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private Jar() {}

    /** What a command left. */
    record Result(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /** The words that start it; compiled quickly rather than well, as most runs are short. */
    static List<String> command(String... words) {
        return command(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of(words));
    }

    static List<String> command(List<String> flags, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", PROJECT.resolve("target/tocsin.jar").toString()));
        command.addAll(words);
        return command;
    }

    /** Runs a command of it in the project's folder to its end. */
    static Result run(String... words) {
        return finish(PROJECT, Map.of(), command(words));
    }

    /** Runs any command to its end. */
    static Result finish(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + out.join() + err.join());
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free and outside the range from which the system gives ports to clients. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
