package io.tocsin.notify.log;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** Whether the log is coloured: what the property {@value #PROPERTY} says, {@code always}, {@code never} or {@code auto}. */
public enum ColourMode {
    /** Coloured, whatever is at the other end. */
    ALWAYS,
    /** Plain. */
    NEVER,
    /** Coloured on a terminal that can show it, unless {@code NO_COLOR} is set. */
    AUTO;

    /** The system property that is read when the log starts. */
    public static final String PROPERTY = "tocsin.color";

    /** What a word of the command line means; {@link #AUTO} for none and for one that is not known. */
    public static ColourMode of(String word) {
        if (word == null) {
            return AUTO;
        }
        return switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default -> AUTO;
        };
    }

    /** Whether this process is to use colour now. */
    static boolean now() {
        return of(System.getProperty(PROPERTY)).coloured(terminal(), System.getenv("NO_COLOR"), System.getenv("TERM"));
    }

    /** Decides; {@code noColor} and {@code term} are the environment's, null if unset. */
    boolean coloured(boolean terminal, String noColor, String term) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
        };
    }

    /** Since Java 22 there is a console without a terminal too; it then has a method that tells. */
    private static boolean terminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
