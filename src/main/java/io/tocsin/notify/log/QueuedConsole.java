package io.tocsin.notify.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The console behind a bounded queue, so that nobody who logs waits for a terminal or a pipe that does not read. When it
 * is nearly full, only warnings and errors still find room; what finds none is counted, and the log says so when it goes
 * on.
 */
public final class QueuedConsole extends ConsoleAppender<ILoggingEvent> {
    private static final int MOST_WAITING = 8192;
    private static final int KEPT_FOR_WARNINGS = 1024;
    private static final long POLL_MILLIS = 100;
    private static final long STOP_MILLIS = 2000;

    private final ArrayBlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final Thread atExit = new Thread(this::awaitWritten, "log-exit");
    private final AtomicLong written = new AtomicLong();
    private Thread writer;
    private long told;
    private volatile boolean closing;

    @Override
    public void start() {
        super.start();
        if (isStarted()) {
            closing = false;
            writer = new Thread(this::write, "log");
            writer.setDaemon(true);
            writer.start();
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /** Writes what waits, for two seconds at most. */
    @Override
    public void stop() {
        if (writer == null || ended()) {
            super.stop();
        }
    }

    /** A thread that still waits for whoever reads keeps the stream, and would keep whoever closes it. */
    private boolean ended() {
        forgetExit();
        closing = true;
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean ended = !writer.isAlive();
        writer = null;
        return ended;
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            addInfo("the process is ending");
        }
    }

    /** A process that ends waits until what was logged by then is written, and takes more meanwhile. */
    private void awaitWritten() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        long all = taken.get();
        while (written.get() < all && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** How many lines were dropped. */
    long dropped() {
        return dropped.get();
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean room = event.getLevel().isGreaterOrEqual(Level.WARN) || queue.remainingCapacity() > KEPT_FOR_WARNINGS;
        event.prepareForDeferredProcessing();
        if (closing || !room || !queue.offer(event)) {
            dropped.incrementAndGet();
        } else {
            taken.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (!closing || !queue.isEmpty()) {
                ILoggingEvent event = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    super.append(event);
                    written.incrementAndGet();
                }
                tell();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        long now = dropped.get();
        if (now > told && queue.remainingCapacity() > MOST_WAITING / 2) {
            Logger logger = ((LoggerContext) getContext()).getLogger(QueuedConsole.class);
            String text = "⚠️ " + (now - told) + " lines of the log were dropped: who reads it was too slow";
            super.append(new LoggingEvent(QueuedConsole.class.getName(), logger, Level.WARN, text, null, null));
            told = now;
        }
    }
}
