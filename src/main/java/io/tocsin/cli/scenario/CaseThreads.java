package io.tocsin.cli.scenario;

import io.tocsin.lane.Overdue;
import io.tocsin.lane.Pulse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Plays each case on a thread of its own, so that a rule that does not return keeps that one and nobody who waits. */
public final class CaseThreads {
    private static final int MOST_LOST = 3;

    private final Duration limit;
    private final List<Thread> lost = new CopyOnWriteArrayList<>();

    /** With so much time for a moment of a case. */
    public CaseThreads(Duration limit) {
        this.limit = limit;
    }

    /** A case was not played to its end; the message says why. */
    static final class StuckException extends Exception {
        private static final long serialVersionUID = 1;

        StuckException(String why) {
            super(why);
        }
    }

    /** How many have not come back. They cannot be stopped; the process ends without them. */
    public int lost() {
        lost.removeIf(thread -> !thread.isAlive());
        return lost.size();
    }

    /**
     * Plays.
     *
     * @param work the case; each of its moments is begun and ended on the pulse
     * @throws StuckException if a moment does not end
     */
    <T> T play(Function<Pulse, T> work) throws StuckException {
        if (lost() >= MOST_LOST) {
            throw new StuckException("not played, as " + MOST_LOST + " earlier cases have not ended yet");
        }
        Pulse pulse = new Pulse(System::nanoTime);
        Overdue overdue = new Overdue(limit);
        FutureTask<T> playing = new FutureTask<>(() -> work.apply(pulse));
        Thread thread = new Thread(playing, "case");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return playing.get(overdue.every().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                Overdue.Stuck stuck = overdue.look(pulse);
                if (stuck != null && pulse.relieve(stuck.work())) {
                    lost.add(thread);
                    throw new StuckException(overdue.words(stuck));
                }
            } catch (ExecutionException fault) {
                throw fault.getCause() instanceof RuntimeException thrown
                        ? thrown
                        : new IllegalStateException(fault.getCause());
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
                throw new StuckException("not played to its end: interrupted");
            }
        }
    }
}
