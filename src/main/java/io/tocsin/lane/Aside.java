package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread beside the lane's for what may take its time. Where that does not end it is left behind, as nothing can stop it,
 * and another thread goes on; not more often than {@value #MOST_LOST} times, until one of them comes back.
 */
final class Aside {
    private static final int MOST_LOST = 3;

    private final Vertx vertx;
    private final List<Task<?>> lost = new CopyOnWriteArrayList<>();
    private ExecutorService thread = thread();

    Aside(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Something that did not end, and may never. */
    static final class EndlessException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndlessException(String why) {
            super(why, null, false, false);
        }
    }

    private static final class Task<T> {
        private final Promise<T> promise;
        private final Pulse pulse = new Pulse(System::nanoTime);
        private volatile boolean over;

        private Task(Promise<T> promise) {
            this.promise = promise;
        }
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "why-not");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does something there. To be called on the lane's context, where its end is told too.
     *
     * @param rule the rule that is tried, of the book
     * @param limit how long it may take
     * @return fails with an {@link EndlessException} if it does not end within the limit, though its turn came
     */
    <T> Future<T> work(RuleBook book, String rule, Duration limit, Callable<T> work) {
        lost.removeIf(task -> task.over);
        if (lost.size() >= MOST_LOST) {
            return Future.failedFuture("not tried: " + MOST_LOST
                    + " rules that were tried before have not returned; only a restart ends them");
        }
        Task<T> task = new Task<>(((ContextInternal) vertx.getOrCreateContext()).promise());
        ExecutorService mine = thread;
        mine.execute(() -> run(task, book, rule, work));
        long timer = vertx.setTimer(limit.toMillis(), any -> late(task, mine, limit));
        return task.promise.future().onComplete(any -> vertx.cancelTimer(timer));
    }

    private static <T> void run(Task<T> task, RuleBook book, String rule, Callable<T> work) {
        Pulse.Work now = task.pulse.begin(rule, book);
        try {
            task.promise.tryComplete(work.call());
        } catch (Exception fault) {
            task.promise.tryFail(fault);
        } finally {
            task.over = true;
            task.pulse.end(now);
        }
    }

    private void late(Task<?> task, ExecutorService mine, Duration limit) {
        Pulse.Work now = task.pulse.now();
        if (now == null || task.over) {
            task.promise.tryFail(
                    "not worked out within " + Text.duration(limit) + ", as others wait too; try again later");
            return;
        }
        RuleBook book = now.book();
        String rule = now.about();
        boolean inRule = book.rulesOn(now.stack()).contains(rule);
        lost.add(task);
        if (thread == mine) {
            thread = thread();
        }
        mine.shutdownNow();
        String what = "rule \"" + rule + "\" (" + book.ref(rule).place() + ") ";
        String time = Text.duration(limit);
        task.promise.tryFail(
                inRule
                        ? new EndlessException(
                                what + "did not return within " + time + " when it was tried on what is known")
                        : new IllegalStateException(
                                what + "was not tried on all that is known within " + time + "; try again later"));
    }
}
