package io.tocsin.cli.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads on one thread and plays on one thread a rule set, so that each sees all of it and none waits long. */
final class Screening {
    private static final int AHEAD = 4;
    private static final long WAIT_MILLIS = 100;
    private static final Part END = new Part(null, 1);

    private final ProgressBar progress;
    private final List<Projector> projectors = new ArrayList<>();
    private volatile Throwable failed;

    private Screening(ProgressBar progress) {
        this.progress = progress;
    }

    /** What is played next, and how far it has come when it is. */
    private record Part(Chunk chunk, double done) {}

    /** One player on its thread. */
    private final class Projector {
        private final Player player;
        private final BlockingQueue<Part> queue = new ArrayBlockingQueue<>(AHEAD);
        private final Thread thread = new Thread(this::run, "replay-" + projectors.size());
        private volatile double done;
        private volatile long readings;

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

    static void run(Feed feed, List<Player> players, ProgressBar progress) throws IOException, InterruptedException {
        Screening screening = new Screening(progress);
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
                while (projector.thread.isAlive()) {
                    projector.thread.join(WAIT_MILLIS);
                    show();
                }
            }
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
            done = Math.min(done, projector.done);
            readings = Math.min(readings, projector.readings);
        }
        progress.at(done, readings);
    }
}
