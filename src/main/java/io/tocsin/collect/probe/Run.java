package io.tocsin.collect.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One run of a command: without input, without the settings that the environment may carry, its output read and kept up
 * to 64 KiB. Never waits for the output itself: a child that goes on in the background may hold it open for ever.
 */
final class Run {
    private static final int LONGEST_OUTPUT = 64 * 1024;
    private static final long POLL_MILLIS = 20;

    /** What a command and all that it starts have in their environment, so that they are known again. */
    private static final String MARK = "TOCSIN_PROBE_RUN";

    private static final Path PROCESSES = Path.of("/proc");

    private final Process process;
    private final String mark;
    private final InputStream out;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[8192];

    private Run(Process process, String mark) {
        this.process = process;
        this.mark = mark;
        this.out = process.getInputStream();
    }

    /**
     * @throws IOException when there is no such program, or it may not be run
     */
    static Run start(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TOCSIN__"));
        String mark = UUID.randomUUID().toString();
        builder.environment().put(MARK, mark);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Run(process, mark);
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

    /**
     * Kills the command with whatever it started, be it detached by now. Nothing when the command has ended: what it left in
     * the background on purpose goes on.
     */
    void kill() {
        List<ProcessHandle> tree = new ArrayList<>();
        if (process.isAlive()) {
            process.descendants().forEach(tree::add);
            tree.addAll(marked());
        }
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        try {
            out.close();
        } catch (IOException e) {
            // the pipe is gone, which is what was wanted
            return;
        }
    }

    /** A child whose parent has ended is nobody's descendant; where the system shows environments, it is found by its own. */
    private List<ProcessHandle> marked() {
        byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        return ProcessHandle.allProcesses()
                .filter(one -> one.pid() != process.pid() && holds(environment(one.pid()), wanted))
                .toList();
    }

    private static byte[] environment(long pid) {
        try {
            return Files.readAllBytes(PROCESSES.resolve(pid + "/environ"));
        } catch (IOException notOurs) {
            // of another user, ended by now, or a system without this folder
            return new byte[0];
        }
    }

    private static boolean holds(byte[] environment, byte[] wanted) {
        int last = environment.length - wanted.length;
        for (int from = 0; from <= last; from++) {
            if (Arrays.equals(environment, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
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
