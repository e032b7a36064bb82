package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Time that a test sets: what is due by then runs, in order. */
final class ManualTime implements Supplier<Instant>, Timers {
    private record Due(Instant at, Runnable action) {}

    private Instant now = Samples.T0;
    private final List<Due> waiting = new ArrayList<>();

    @Override
    public synchronized Instant get() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable action) {
        Due due = new Due(now.plus(delay), action);
        waiting.add(due);
        return () -> {
            synchronized (this) {
                waiting.remove(due);
            }
        };
    }

    /** When something will happen next. */
    synchronized Optional<Instant> next() {
        return waiting.stream().map(Due::at).min(Comparator.naturalOrder());
    }

    /** Lets time pass. */
    synchronized void advance(Duration step) {
        Instant until = now.plus(step);
        now = until;
        List<Due> due = waiting.stream()
                .filter(timer -> !timer.at().isAfter(until))
                .sorted(Comparator.comparing(Due::at))
                .toList();
        waiting.removeAll(due);
        due.forEach(timer -> timer.action().run());
    }
}
