package io.tocsin.notify.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Where the log goes and how it looks. The same can be said from outside with the system properties {@code tocsin.color},
 * {@code tocsin.log.target} ({@code System.out} or {@code System.err}) and {@code tocsin.log.layout} (a layout's class).
 */
public final class LogOutput {
    private LogOutput() {}

    /** Writes what waits, for some seconds at most, and ends the log; to be called before the process ends. */
    public static void finish() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /** How many lines were dropped, as nobody read them in time. */
    public static long dropped() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE") instanceof QueuedConsole console
                ? console.dropped()
                : 0;
    }

    /**
     * Sets up the log anew. To be called before anything of note is logged.
     *
     * @param colour when to use colour
     * @param json one JSON object a line rather than lines for people
     * @param stderr to standard error, for commands whose standard output is data
     */
    public static void use(ColourMode colour, boolean json, boolean stderr) {
        System.setProperty(ColourMode.PROPERTY, colour.name().toLowerCase(Locale.ROOT));
        System.setProperty("tocsin.log.target", stderr ? "System.err" : "System.out");
        System.setProperty("tocsin.log.layout", json ? JsonLayout.class.getName() : ColourLayout.class.getName());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml cannot be read: " + e.getMessage(), e);
        }
    }

    /** From now on nothing is logged by the threads of a group, and of those that they start. */
    public static void mute(ThreadGroup group) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        TurboFilter filter = new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker,
                    ch.qos.logback.classic.Logger logger,
                    Level level,
                    String format,
                    Object[] params,
                    Throwable thrown) {
                return Thread.currentThread().getThreadGroup() == group ? FilterReply.DENY : FilterReply.NEUTRAL;
            }
        };
        filter.setContext(context);
        filter.start();
        context.addTurboFilter(filter);
    }
}
