package io.tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. What waits is written in groups, each in one database transaction; what was asked for in
 * one order is committed and answered in that order. A group that finds the store away is kept and written again; see
 * {@link FailOpen} for what becomes of it meanwhile.
 */
final class Writer implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(1);
    /** So often in a row somebody may be in the way before the store counts as away. */
    private static final int MOST_BRIEF = 4;

    private static final long LAST_WORDS_MILLIS = 4000;

    private final WriterConnection connection;
    private final GroupWriter groups;
    private final StoreMeters meters;
    private final Outage outage;
    private final WorkQueue queue;
    private final FailOpen failOpen;
    private final Answers answers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = daemon(this::loop, "tocsin-store");
    /** Owners of which something failed here; what was taken of them meanwhile waits in the queue still. */
    private final Gaps gaps = new Gaps();

    private int briefInARow;

    /** What the writer works with, beside its connection. */
    record Tools(WorkQueue queue, FailOpen failOpen, Answers answers, Outage outage, StoreMeters meters) {}

    Writer(WriterConnection connection, GroupWriter groups, Tools tools) {
        this.connection = connection;
        this.groups = groups;
        this.queue = tools.queue();
        this.failOpen = tools.failOpen();
        this.answers = tools.answers();
        this.outage = tools.outage();
        this.meters = tools.meters();
        meters.queue(queue::length);
        thread.start();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes work; it fails at once when the queue is full or the store is closed, and a task while the store is away. */
    void submit(Work work) {
        String refusal = failOpen.take(work);
        if (refusal != null) {
            meters.refused.increment();
            String what = work instanceof Work.Task<?> task ? task.what() + " failed: " : "";
            work.done().completeExceptionally(new StoreException(what + refusal, null));
        }
    }

    /** Runs a step between groups, once. */
    <T> CompletableFuture<T> run(String what, Work.Step<T> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        submit(new Work.Task<>(what, step, done));
        return done;
    }

    /** Runs a step next, once. */
    <T> CompletableFuture<T> first(String what, Work.Step<T> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        submit(new Work.Task<>(what, step, true, done));
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
                failOpen.settle();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    /** Nobody writes, but somebody may ask whether it would work. */
    private void probe() {
        if (outage.lasts()) {
            run(new Work.Task<>("probe", c -> Batch.once(c, GroupWriter.FENCE, "", -1), new CompletableFuture<>()));
        }
    }

    private void write(List<Work> taken) {
        List<Work> group = withoutGaps(taken);
        if (group.isEmpty()) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        Instant begun = outage.now();
        while (!writtenOrFailed(group, begun)) {
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
            StoreException why = new StoreException(Gaps.reason(work), null);
            failOpen.failed(List.of(work), why.getMessage());
            answer(List.of(work), why);
        }
        return taken.stream().filter(work -> !gaps.before(work)).toList();
    }

    /** One attempt; returns whether the group is done with, or false if it is to be tried again. */
    private boolean writtenOrFailed(List<Work> group, Instant begun) {
        try {
            long start = System.nanoTime();
            Set<Work> fenced = groups.write(connection.get(), group, failOpen::standing);
            meters.commit.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            briefInARow = 0;
            failOpen.written(group, fenced);
            answer(group, fenced);
            return true;
        } catch (SQLException | RuntimeException fault) {
            connection.rollBack();
            if (brief(fault)) {
                return false;
            }
            if (Faults.away(fault)) {
                away(fault, begun);
                return false;
            }
            if (group.size() == 1) {
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

    private boolean brief(Exception fault) {
        return Faults.brief(fault) && ++briefInARow < MOST_BRIEF;
    }

    private void away(Exception fault, Instant begun) {
        connection.close();
        if (outage.noticed(fault, begun, queue.length())) {
            failOpen.away();
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
        Instant begun = outage.now();
        try {
            Connection c = connection.get();
            T result = task.step().run(c);
            c.commit();
            briefInARow = 0;
            failOpen.back();
            // on this thread: whoever answers could be waiting for it
            task.done().complete(result);
        } catch (SQLException | RuntimeException fault) {
            connection.rollBack();
            if (Faults.away(fault) && !Faults.slow(fault) && !brief(fault)) {
                away(fault, begun);
            }
            task.done().completeExceptionally(StoreException.of(task.what(), fault));
        }
    }

    private void answer(List<Work> group, Set<Work> fenced) {
        List<Work> answered = List.copyOf(group);
        meters.committed.increment(answered.size() - fenced.size());
        meters.fenced.increment(fenced.size());
        answers.later(() -> {
            for (Work work : answered) {
                if (fenced.contains(work)) {
                    work.done().completeExceptionally(FencedException.of(work));
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
        failOpen.failed(failed, why.getMessage());
        meters.failed.increment(failed.size());
        answer(failed, why);
    }

    private void answer(List<Work> failed, StoreException why) {
        answers.later(() -> {
            failed.forEach(work -> work.done().completeExceptionally(why));
            queue.answered(failed);
        });
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
            failOpen.close();
            answers.close(LAST_WORDS_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
