package io.tocsin.cli.replay;

import io.tocsin.lane.Overdue;
import io.tocsin.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads on one thread and plays on one thread a rule set, so that each sees all of it and none waits long. A rule that does
 * not return ends it: a thread cannot be stopped, only left behind.
 */
final class Screening {
    private static final int AHEAD = 4;
    private static final long WAIT_MILLIS = 100;
    private static final Part END = new Part(null, 1);

    private final ProgressBar progress;
    private final Duration limit;
    private final List<Projector> projectors = new ArrayList<>();
    private volatile Throwable failed;

    private Screening(ProgressBar progress, Duration limit) {
        this.progress = progress;
        this.limit = limit;
    }

    /** What is played next, and how far it has come when it is. */
    private record Part(Chunk chunk, double done) {}

    /** One player on its thread. */
    private final class Projector {
        private final Player player;
        private final Overdue overdue = new Overdue(limit);
        private final BlockingQueue<Part> queue = new ArrayBlockingQueue<>(AHEAD);
        private final Thread thread = new Thread(this::run, "replay-" + projectors.size());
        private volatile double done;
        private volatile long readings;
        private long looked = System.nanoTime();
        private boolean stuck;

        private Projector(Player player) {
            this.player = player;
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                for (Part part = next(); part != END; part = next()) {
                    player.play(part.chunk);
                    readings = player.story().readings();
                    done = part.done;
                }
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error fault) {
                failed = fault;
            }
        }

        /** Looks whether a rule keeps it. */
        private void look() {
            long now = System.nanoTime();
            if (stuck || now - looked < overdue.every().toNanos()) {
                return;
            }
            looked = now;
            Overdue.Stuck found = overdue.look(player.pulse());
            if (found != null && player.pulse().relieve(found.work())) {
                stuck = true;
                failed = new ReplayFault("with " + player.folder() + ": " + overdue.words(found) + ", at "
                        + player.story().end() + " of the recording, in cluster "
                        + Text.clean(found.work().about()));
            }
        }

        private Part next() throws InterruptedException {
            while (failed == null) {
                Part part = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (part != null) {
                    return part;
                }
            }
            return END;
        }
    }

    /**
     * Plays all of it.
     *
     * @param limit after how long in one piece of work a rule does not return
     */
    static void run(Feed feed, List<Player> players, ProgressBar progress, Duration limit)
            throws IOException, InterruptedException {
        Screening screening = new Screening(progress, limit);
        for (Player player : players) {
            screening.projectors.add(screening.new Projector(player));
        }
        screening.run(feed);
    }

    private void run(Feed feed) throws IOException, InterruptedException {
        try {
            for (Chunk chunk = feed.next(); chunk != null; chunk = feed.next()) {
                hand(new Part(chunk, feed.done()));
            }
        } finally {
            hand(END);
            for (Projector projector : projectors) {
                while (projector.thread.isAlive() && !projector.stuck) {
                    projector.thread.join(WAIT_MILLIS);
                    show();
                }
            }
        }
        if (failed instanceof ReplayFault fault) {
            throw fault;
        }
        if (failed != null) {
            throw new IllegalStateException("the replay failed", failed);
        }
    }

    private void hand(Part part) throws InterruptedException {
        for (Projector projector : projectors) {
            boolean taken = false;
            while (!taken && failed == null) {
                taken = projector.queue.offer(part, WAIT_MILLIS, TimeUnit.MILLISECONDS);
                show();
            }
        }
    }

    /** As far as the slowest has come. */
    private void show() {
        double done = 1;
        long readings = Long.MAX_VALUE;
        for (Projector projector : projectors) {
            projector.look();
            done = Math.min(done, projector.done);
            readings = Math.min(readings, projector.readings);
        }
        progress.at(done, readings);
    }
}
