package io.tocsin.notify;

import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries to deliver to one receiver, no faster than it bears, and judges what came of it. On one event loop. */
final class Deliveries {
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final Receiver receiver;
    private final Gate gate;
    private final Supplier<Instant> now;
    private final DispatchMeters meters;
    private final DispatchLog log;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    Deliveries(Receiver receiver, Gate gate, Supplier<Instant> now, DispatchMeters meters, DispatchLog log) {
        this.receiver = receiver;
        this.gate = gate;
        this.now = now;
        this.meters = meters;
        this.log = log;
    }

    /** How many may be begun now while so many are under way. */
    int room(Instant at, int underWay) {
        return Math.min(receiver.concurrency() - underWay, gate.room(at));
    }

    /** When the next may be begun. */
    Instant opensAt(Instant at) {
        return gate.opensAt(at);
    }

    /** Tries once; completes on any thread, and never fails. */
    Future<Outcome> begin(Notification notification, Instant begun) {
        gate.take(begun);
        Future<Outcome> attempt;
        try {
            attempt = receiver.deliver(notification).timeout(LONGEST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            attempt = Future.failedFuture(e);
        }
        // only the class of an unexpected error: its text may quote a secret
        return attempt.otherwise(
                error -> Outcome.Retry.of("unexpected " + error.getClass().getSimpleName()));
    }

    /** Whether nothing was sent; that is counted, and counts for nothing else. */
    boolean unsent(Outcome outcome, Instant begun) {
        if (!(outcome instanceof Outcome.Unsent)) {
            return false;
        }
        gate.answered(outcome, now.get());
        meters.attempt("unsent", Duration.between(begun, now.get()));
        return true;
    }

    /** What an outcome means, which is counted and told. */
    Verdict judge(Notification notification, Instant begun, Outcome outcome) {
        Instant ended = now.get();
        boolean opened = gate.answered(outcome, ended);
        Verdict verdict = Verdict.of(notification, outcome, begun, ended, backoff);
        meters.attempt(verdict.word(), Duration.between(begun, ended));
        meters.circuit.set(gate.open() ? 1 : 0);
        if (verdict.state() == NotificationState.SENT) {
            meters.told(Duration.between(notification.createdAt(), ended));
        }
        log.outcome(notification, verdict, outcome);
        if (opened) {
            log.opened(outcome.text(), CircuitBreaker.FAILURES, CircuitBreaker.OPEN);
        }
        return verdict;
    }
}
