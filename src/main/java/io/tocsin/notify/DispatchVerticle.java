package io.tocsin.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.store.Outbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells one receiver what is due, from the outbox: looks at its start, whenever the outbox says that something is new and
 * when the next attempt is due. A receiver that is slow or down holds up nobody but itself.
 */
public final class DispatchVerticle extends VerticleBase {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);

    private final String name;
    private final Receiver receiver;
    private final Outbox outbox;
    private final Supplier<Instant> now;
    private final Gate gate;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final DispatchMeters meters;
    private final DispatchLog log;
    private Timers timers;

    /** Alerts whose notification is being sent or recorded: the next one of such an alert has to wait. */
    private final Set<String> busy = new HashSet<>();

    /** Alerts whose notification was recorded after the outbox was asked: its answer may still list what is done. */
    private final Set<String> endedMeanwhile = new HashSet<>();

    private MessageConsumer<?> wakeUps;
    private Sleep sleep;
    private boolean takenUp;
    private boolean looking;
    private boolean lookAgain;
    private Future<?> counted = Future.succeededFuture();
    private int outboxFailures;
    private Promise<Void> stopping;

    /**
     * For one receiver.
     *
     * @param settings its name and rate
     * @param receiver the receiver; closed when this verticle stops
     * @param outbox where notifications wait
     * @param now the time
     * @param registry counts what came of them
     * @param health hears when the receiver works for the first time or again, fails or gives something up; called on the
     *     event loop
     */
    public DispatchVerticle(
            ReceiverSettings settings,
            Receiver receiver,
            Outbox outbox,
            Supplier<Instant> now,
            MeterRegistry registry,
            Consumer<ReceiverHealth> health) {
        this.name = settings.name();
        this.receiver = receiver;
        this.outbox = outbox;
        this.now = now;
        this.gate = new Gate(settings.rate());
        this.meters = new DispatchMeters(registry, name);
        this.log = new DispatchLog(name, receiver.logged(), health);
    }

    /** With other timers than Vert.x has. */
    DispatchVerticle with(Timers timers) {
        this.timers = timers;
        return this;
    }

    @Override
    public Future<?> start() {
        if (timers == null) {
            timers = Timers.of(vertx);
        }
        sleep = new Sleep(timers, () -> context.runOnContext(woken -> look()));
        wakeUps = vertx.eventBus().localConsumer(Address.OUTBOX + name, message -> look());
        log.started(receiver.concurrency());
        look();
        return wakeUps.completion();
    }

    @Override
    public Future<?> stop() {
        stopping = Promise.promise();
        sleep.cancel();
        if (busy.isEmpty()) {
            stopping.complete();
        }
        return wakeUps.unregister()
                .transform(gone -> stopping.future().timeout(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                .transform(finished -> counted.transform(any -> Future.succeededFuture()))
                .transform(finished -> {
                    log.stopped(busy.size());
                    return receiver.close();
                });
    }

    private void look() {
        if (stopping != null || looking) {
            lookAgain = looking;
            return;
        }
        if (!takenUp) {
            takeUp();
            return;
        }
        Instant at = now.get();
        int free = Math.min(receiver.concurrency() - busy.size(), gate.room(at));
        if (free <= 0) {
            wakeAt(gate.opensAt(at), at);
            return;
        }
        looking = true;
        lookAgain = false;
        endedMeanwhile.clear();
        // what is under way is still unfinished in the outbox, so as many more are asked for
        asked(() -> outbox.due(name, at, free + busy.size(), Set.copyOf(busy)))
                .onSuccess(due -> sendAll(due, free))
                .onFailure(error -> outboxAway("due", error));
    }

    private void takeUp() {
        looking = true;
        asked(() -> outbox.takeUp(name).thenApply(done -> Boolean.TRUE))
                .onSuccess(done -> {
                    looking = false;
                    takenUp = true;
                    look();
                })
                .onFailure(error -> outboxAway("take_up", error));
    }

    private void sendAll(List<Notification> due, int free) {
        looking = false;
        outboxFailures = 0;
        if (stopping != null) {
            return;
        }
        List<Notification> next = due.stream()
                .filter(one -> !busy.contains(one.alertId()) && !endedMeanwhile.contains(one.alertId()))
                .limit(free)
                .toList();
        next.forEach(this::send);
        if (lookAgain || !next.isEmpty() || !endedMeanwhile.isEmpty()) {
            look();
        } else {
            rest();
        }
    }

    /** Nothing is due at present: sleep until something is. */
    private void rest() {
        countBacklog();
        looking = true;
        asked(() -> outbox.nextDue(name))
                .onSuccess(next -> {
                    looking = false;
                    if (lookAgain) {
                        look();
                    } else {
                        sleepUntil(next);
                    }
                })
                .onFailure(error -> outboxAway("next_due", error));
    }

    private void sleepUntil(Optional<Instant> next) {
        Instant at = now.get();
        // due by its own time but behind an older one of its alert: that one's end or this timer looks again
        Instant wake = next.map(due -> due.isAfter(at) ? due : at.plus(SOON)).orElse(at.plus(Sleep.MOST));
        wakeAt(wake, at);
    }

    private void wakeAt(Instant wake, Instant at) {
        if (stopping == null) {
            sleep.until(wake, at);
        }
    }

    private void send(Notification notification) {
        Instant begun = now.get();
        busy.add(notification.alertId());
        gate.take(begun);
        Future<Outcome> attempt;
        try {
            attempt = receiver.deliver(notification).timeout(LONGEST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            attempt = Future.failedFuture(e);
        }
        attempt.onComplete(done -> context.runOnContext(here ->
                // only the class of an unexpected error: its text may quote a secret
                settle(
                        notification,
                        begun,
                        done.succeeded()
                                ? done.result()
                                : Outcome.Retry.of(
                                        "unexpected " + done.cause().getClass().getSimpleName()))));
    }

    private void settle(Notification notification, Instant begun, Outcome outcome) {
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
        record(notification, verdict);
    }

    /** Records until it is recorded: what was sent must not be sent again because the store was away for a moment. */
    private void record(Notification notification, Verdict verdict) {
        asked(() -> {
                    var written = outbox.record(
                            notification,
                            verdict.attempt(),
                            verdict.state(),
                            verdict.detail(),
                            verdict.nextAttemptAt());
                    return written.thenApply(done -> Boolean.TRUE);
                })
                .onSuccess(done -> {
                    busy.remove(notification.alertId());
                    if (looking) {
                        endedMeanwhile.add(notification.alertId());
                    }
                    if (stopping != null && busy.isEmpty()) {
                        stopping.tryComplete();
                    }
                    look();
                })
                .onFailure(error -> {
                    outboxFailed("record", error);
                    timers.after(
                            Backoff.ofStore(outboxFailures),
                            () -> context.runOnContext(again -> record(notification, verdict)));
                });
    }

    private <T> Future<T> asked(Supplier<CompletionStage<T>> question) {
        return Future.future(
                promise -> Future.fromCompletionStage(question.get(), context).onComplete(promise));
    }

    private void outboxAway(String what, Throwable error) {
        looking = false;
        outboxFailed(what, error);
        Instant at = now.get();
        wakeAt(at.plus(Backoff.ofStore(outboxFailures)), at);
    }

    private void outboxFailed(String what, Throwable error) {
        outboxFailures++;
        meters.outboxFailed(what);
        if (outboxFailures == 1) {
            log.outboxAway(what, error);
        }
    }

    private void countBacklog() {
        if (!counted.isComplete() || stopping != null) {
            return;
        }
        counted = vertx.executeBlocking(() -> outbox.backlog(name)).onComplete(done -> {
            if (done.succeeded()) {
                meters.backlog.set(done.result());
            } else {
                meters.outboxFailed("backlog");
            }
        });
    }
}
