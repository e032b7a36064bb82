package io.tocsin.collect.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One run of a command: without input, without the settings that the environment may carry, its output read and kept up
 * to 64 KiB. Never waits for the output itself: a child that goes on in the background may hold it open for ever.
 */
final class Run {
    private static final int LONGEST_OUTPUT = 64 * 1024;
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final InputStream out;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[8192];

    private Run(Process process) {
        this.process = process;
        this.out = process.getInputStream();
    }

    /**
     * @throws IOException when there is no such program, or it may not be run
     */
    static Run start(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TOCSIN__"));
        Process process = builder.start();
        process.getOutputStream().close();
        return new Run(process);
    }

    /** Waits until the command ends; false when it does not within that time, or nobody wants to know any more. */
    boolean ends(Duration timeout, BooleanSupplier givenUp) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() < deadline && !givenUp.getAsBoolean()) {
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            drain(deadline);
        }
        return ended;
    }

    int exitCode() {
        return process.exitValue();
    }

    String output() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** Kills the command and whatever it started that still belongs to it; nothing when all have ended. */
    void kill() {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        try {
            out.close();
        } catch (IOException e) {
            // the pipe is gone, which is what was wanted
            return;
        }
    }

    private void drain(long deadline) {
        try {
            while (out.available() > 0 && System.nanoTime() < deadline) {
                int read = out.read(chunk, 0, Math.min(chunk.length, out.available()));
                if (read <= 0) {
                    return;
                }
                kept.write(chunk, 0, Math.min(read, LONGEST_OUTPUT - kept.size()));
            }
        } catch (IOException e) {
            // closed by its end: what was read until then is the output
            return;
        }
    }
}
