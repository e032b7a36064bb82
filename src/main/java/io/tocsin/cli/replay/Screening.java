package io.tocsin.cli.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Reads on one thread and plays on one thread a rule set, so that each sees all of it and none waits long. */
final class Screening {
    private static final int AHEAD = 8;
    private static final Chunk END = new Chunk(null, false, List.of());

    private Screening() {}

    static void run(Feed feed, List<Player> players, ProgressBar progress) throws IOException, InterruptedException {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<BlockingQueue<Chunk>> queues = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Player player : players) {
            BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(AHEAD);
            Thread thread = new Thread(() -> play(player, queue, failed), "replay-" + threads.size());
            thread.setDaemon(true);
            thread.start();
            queues.add(queue);
            threads.add(thread);
        }
        try {
            for (Chunk chunk = feed.next(); chunk != null; chunk = feed.next()) {
                hand(chunk, queues, failed);
                progress.at(feed.done(), players.get(0).story().readings());
            }
        } finally {
            hand(END, queues, failed);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        if (failed.get() != null) {
            throw new IllegalStateException("the replay failed", failed.get());
        }
    }

    private static void hand(Chunk chunk, List<BlockingQueue<Chunk>> queues, AtomicReference<Throwable> failed)
            throws InterruptedException {
        for (BlockingQueue<Chunk> queue : queues) {
            boolean taken = false;
            while (!taken && failed.get() == null) {
                taken = queue.offer(chunk, 100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void play(Player player, BlockingQueue<Chunk> queue, AtomicReference<Throwable> failed) {
        try {
            for (Chunk chunk = next(queue, failed); chunk != END; chunk = next(queue, failed)) {
                player.play(chunk);
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            failed.compareAndSet(null, fault);
        }
    }

    private static Chunk next(BlockingQueue<Chunk> queue, AtomicReference<Throwable> failed)
            throws InterruptedException {
        while (failed.get() == null) {
            Chunk chunk = queue.poll(100, TimeUnit.MILLISECONDS);
            if (chunk != null) {
                return chunk;
            }
        }
        return END;
    }
}
