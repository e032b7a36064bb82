package io.tocsin.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** A terminal that keeps what is printed. */
public final class Paper {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** As in a pipe: nobody watches, nothing is known of the surroundings. */
    public Terminal pipe() {
        return terminal(Map.of(), false, 100, Clock.systemUTC());
    }

    public Terminal terminal(Map<String, String> env, boolean watched, int width, Clock clock) {
        return new Terminal(print(out), print(err), env, watched, watched, width, clock);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public void clear() {
        out.reset();
        err.reset();
    }
}
