package io.tocsin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Where a command prints and what it may know of its surroundings.
 *
 * @param out data
 * @param err everything else
 * @param env the environment
 * @param outIsTerminal whether {@code out} is seen by a person at once
 * @param errIsTerminal the same for {@code err}
 * @param width columns of the terminal
 * @param clock the time
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        Map<String, String> env,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int width,
        Clock clock) {

    /** The process's own; always UTF-8, whatever the locale. */
    public static Terminal system() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                isTerminal("tocsin.out.terminal"),
                isTerminal("tocsin.err.terminal"),
                Math.max(40, Integer.getInteger("tocsin.columns", 120)),
                Clock.systemUTC());
    }

    /** The launcher knows which stream is a terminal; Java alone only whether all are, and from 22 on not even that. */
    private static boolean isTerminal(String property) {
        String told = System.getProperty(property);
        if (told != null) {
            return Boolean.parseBoolean(told);
        }
        return System.console() != null && Runtime.version().feature() < 22;
    }

    /** A variable's value; the default if it is not set or empty. */
    String env(String name, String otherwise) {
        String value = env.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
