package io.tocsin.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Gives answers in order, on a thread of its own: whoever waits for one must not hold up the next commit. */
final class Answers {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> Writer.daemon(task, "tocsin-store-answers"));

    void later(Runnable answer) {
        try {
            thread.execute(answer);
        } catch (RejectedExecutionException closed) {
            answer.run();
        }
    }

    /** Gives what is left, for so long. */
    void close(long millis) throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
