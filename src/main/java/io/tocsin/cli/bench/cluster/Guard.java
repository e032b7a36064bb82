package io.tocsin.cli.bench.cluster;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Sees to it that no member outlives the bench, even one that is killed itself: a shell at the other end of a pipe knows
 * their numbers and kills them when the pipe breaks.
 */
final class Guard implements AutoCloseable {
    private static final String SCRIPT =
            "trap '' INT TERM HUP; while read -r pid; do pids=\"$pids $pid\"; done; kill -9 $pids 2>/dev/null";

    private final Process shell;

    Guard() {
        Process started = null;
        try {
            started = new ProcessBuilder("sh", "-c", SCRIPT).start();
        } catch (IOException none) {
            // without a shell there is nobody to rely on but ourselves
        }
        shell = started;
    }

    void watch(Process process) {
        if (shell == null) {
            return;
        }
        try {
            Writer pipe = shell.outputWriter(StandardCharsets.US_ASCII);
            pipe.write(process.pid() + "\n");
            pipe.flush();
        } catch (IOException gone) {
            process.destroyForcibly();
            throw new ClusterFault("the shell that looks after the members is gone");
        }
    }

    /** All have ended; their numbers may be somebody else's by now. */
    @Override
    public void close() {
        if (shell != null) {
            shell.destroyForcibly();
        }
    }
}
