package io.tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. What waits is written in groups, each in one database transaction; what was asked for in
 * one order is committed and answered in that order. A group that meets a passing fault is kept and written again.
 */
final class Writer implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final long LAST_WORDS_MILLIS = 4000;

    private final WriterConnection connection;
    private final GroupWriter groups;
    private final StoreMeters meters;
    private final Outage outage;
    private final WorkQueue queue = new WorkQueue();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = daemon(this::loop, "tocsin-store");
    /** Answers come from a thread of their own: whoever waits must not hold up the next commit. */
    private final ExecutorService answers =
            Executors.newSingleThreadExecutor(task -> daemon(task, "tocsin-store-answers"));

    /** Owners of which something failed here; what was taken of them meanwhile waits in the queue still. */
    private final Gaps gaps = new Gaps();

    /** The last group met a broken database; that one row can be written proves nothing then. */
    private boolean damaged;

    Writer(WriterConnection connection, GroupWriter groups, StoreMeters meters, Outage outage) {
        this.connection = connection;
        this.groups = groups;
        this.meters = meters;
        this.outage = outage;
        meters.queue(queue::length);
        thread.start();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes work; it fails at once when the queue is full or the store is closed. */
    void submit(Work work) {
        String refusal = queue.offer(work);
        if (refusal != null) {
            meters.refused.increment();
            work.done().completeExceptionally(new StoreException(refusal, null));
        }
    }

    /** Runs a step between groups, once. */
    <T> CompletableFuture<T> run(String what, Work.Step<T> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        submit(new Work.Task<>(what, step, done));
        return done;
    }

    private void loop() {
        try {
            while (!queue.over()) {
                List<Work> group = queue.next(PROBE);
                if (group.isEmpty()) {
                    probe();
                } else if (group.get(0) instanceof Work.Task<?> task) {
                    run(task);
                } else {
                    write(group);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    /** Nobody writes, but somebody may ask whether it would work. */
    private void probe() {
        if (outage.lasts() && !damaged) {
            run(new Work.Task<>("probe", c -> Batch.once(c, GroupWriter.FENCE, "", -1), new CompletableFuture<>()));
        }
    }

    private void write(List<Work> taken) {
        List<Work> group = withoutGaps(taken);
        if (group.isEmpty()) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        while (!writtenOrFailed(group)) {
            if (paused(pause)) {
                fail(group, new StoreException("the store was closed before this could be written", null));
                return;
            }
            meters.retries.increment();
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** Those that may be written; the others fail. */
    private List<Work> withoutGaps(List<Work> taken) {
        List<Work> behind = taken.stream().filter(gaps::before).toList();
        if (behind.isEmpty()) {
            return taken;
        }
        meters.behind.increment(behind.size());
        for (Work work : behind) {
            answer(List.of(work), new StoreException(Gaps.reason(work), null));
        }
        return taken.stream().filter(work -> !gaps.before(work)).toList();
    }

    /** One attempt; returns whether the group is done with, or false if it is to be tried again. */
    private boolean writtenOrFailed(List<Work> group) {
        try {
            long start = System.nanoTime();
            Set<Work> fenced = groups.write(connection.get(), group);
            meters.commit.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            damaged = false;
            outage.over();
            answer(group, fenced);
            return true;
        } catch (SQLException | RuntimeException fault) {
            connection.rollBack();
            if (Faults.passing(fault)) {
                connection.close();
                outage.noticed(fault, queue.length());
                return false;
            }
            if (Faults.damaged(fault)) {
                damaged = true;
                connection.close();
                outage.noticed(fault, queue.length());
                fail(group, new StoreException("not stored: " + Faults.text(fault), fault));
            } else if (group.size() == 1) {
                outage.refused(group.get(0), fault);
                fail(group, new StoreException("not stored: " + Faults.text(fault), fault));
            } else {
                // what is wrong lies in one of them: the halves are written on their own, until it is alone
                int half = group.size() / 2;
                write(group.subList(0, half));
                write(group.subList(half, group.size()));
            }
            return true;
        }
    }

    /** Waits before the next attempt; returns whether there is to be none because the store closes. */
    private boolean paused(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private <T> void run(Work.Task<T> task) {
        if (task.done().isDone()) {
            return;
        }
        try {
            Connection c = connection.get();
            T result = task.step().run(c);
            c.commit();
            outage.over();
            // on this thread: whoever answers could be waiting for it
            task.done().complete(result);
        } catch (SQLException | RuntimeException fault) {
            connection.rollBack();
            if (Faults.passing(fault) || Faults.damaged(fault)) {
                connection.close();
                outage.noticed(fault, queue.length());
            }
            task.done().completeExceptionally(StoreException.of(task.what(), fault));
        }
    }

    private void answer(List<Work> group, Set<Work> fenced) {
        List<Work> answered = List.copyOf(group);
        meters.committed.increment(answered.size() - fenced.size());
        meters.fenced.increment(fenced.size());
        later(() -> {
            for (Work work : answered) {
                if (fenced.contains(work) && work instanceof Work.Commit commit) {
                    Transaction t = commit.transaction();
                    work.done().completeExceptionally(new FencedException(t.cluster(), t.epoch()));
                } else {
                    work.done().complete(null);
                }
            }
            queue.answered(answered);
        });
    }

    private void fail(List<Work> group, StoreException why) {
        List<Work> failed = List.copyOf(group);
        gaps.add(failed);
        queue.missing(failed);
        meters.failed.increment(failed.size());
        answer(failed, why);
    }

    private void answer(List<Work> failed, StoreException why) {
        later(() -> {
            failed.forEach(work -> work.done().completeExceptionally(why));
            queue.answered(failed);
        });
    }

    private void later(Runnable answer) {
        try {
            answers.execute(answer);
        } catch (RejectedExecutionException closed) {
            answer.run();
        }
    }

    /** Writes what waits, for a few seconds; what cannot be written by then fails. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!outage.lasts()) {
                thread.join(LAST_WORDS_MILLIS);
            }
            stopping.countDown();
            thread.join(LAST_WORDS_MILLIS);
            answers.shutdown();
            answers.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
