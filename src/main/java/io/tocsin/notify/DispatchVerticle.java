package io.tocsin.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.model.Notification;
import io.tocsin.store.FencedException;
import io.tocsin.store.HeldException;
import io.tocsin.store.Outbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells one receiver what is due, from the outbox: looks at its start, whenever the outbox says that something is new and
 * when the next attempt is due. A receiver that is slow or down holds up nobody but itself. Of several members one tells a
 * receiver; the others' verticles are quiet until it is their turn.
 */
public final class DispatchVerticle extends VerticleBase {
    private static final String RELEASE = "release";
    private static final long STOP_MS = 3000;

    private final String name;
    private final Receiver receiver;
    private final Outbox outbox;
    private final Supplier<Instant> now;
    private final DispatchMeters meters;
    private final DispatchLog log;
    private final Deliveries deliveries;
    private Timers timers;
    private BooleanSupplier sends = () -> true;
    private Desk desk;
    private Turn turn;

    /** Alerts whose notification is being sent or recorded: the next one of such an alert has to wait. */
    private final Set<String> busy = new HashSet<>();

    /** Alerts whose notification was recorded after the outbox was asked: its answer may still list what is done. */
    private final Set<String> endedMeanwhile = new HashSet<>();

    private MessageConsumer<?> wakeUps;
    private Sleep sleep;
    private boolean looking;
    private boolean lookAgain;
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
        this.meters = new DispatchMeters(registry, name, now);
        this.log = new DispatchLog(name, receiver.logged(), health);
        this.deliveries = new Deliveries(receiver, new Gate(settings.rate()), now, meters, log);
    }

    /** With other timers than Vert.x has. */
    DispatchVerticle with(Timers timers) {
        this.timers = timers;
        return this;
    }

    /**
     * One of several, whose turn it is only sometimes; see {@link #recheck}.
     *
     * @param sends whether this member should tell the receiver; asked often and on the event loop
     */
    public DispatchVerticle sendingWhen(BooleanSupplier sends) {
        this.sends = sends;
        return this;
    }

    /**
     * It may have become, or no longer be, this member's turn: takes the receiver up, or finishes what is under way and gives
     * it back. On any thread.
     */
    public void recheck() {
        if (context != null) {
            context.runOnContext(poked -> look());
        }
    }

    @Override
    public Future<?> start() {
        if (timers == null) {
            timers = Timers.of(vertx);
        }
        sleep = new Sleep(timers, () -> context.runOnContext(woken -> look()));
        desk = new Desk(outbox, meters, log, context);
        turn = new Turn(receiver, sends, () -> outbox.owes(name), meters, log);
        wakeUps = vertx.eventBus().consumer(Address.OUTBOX + name, message -> look());
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
                .transform(gone -> stopping.future().timeout(STOP_MS, TimeUnit.MILLISECONDS))
                .transform(finished -> desk.quiet())
                .transform(quiet -> left())
                .transform(left -> receiver.close());
    }

    /** Gives the receiver back, so that another member can take it up at once. */
    private Future<?> left() {
        if (!turn.held()) {
            return Future.succeededFuture();
        }
        log.stopped(busy.size());
        return turn.leave(desk).timeout(STOP_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (stopping != null || looking) {
            lookAgain = looking;
            return;
        }
        Instant at = now.get();
        if (turn.changes(at)) {
            changeHands();
            return;
        }
        int free = deliveries.room(at, busy.size());
        if (!turn.tells() || free <= 0) {
            wakeAt(turn.tells() ? deliveries.opensAt(at) : at.plus(Sleep.MOST), at);
            return;
        }
        looking = true;
        lookAgain = false;
        endedMeanwhile.clear();
        // what is under way is still unfinished in the outbox, so as many more are asked for
        desk.ask(outbox -> outbox.due(name, at, free + busy.size(), Set.copyOf(busy)))
                .onSuccess(due -> sendAll(due, free))
                .onFailure(error -> outboxAway("due", error));
    }

    /** It is this member's turn, or no longer: once nothing is under way, whose end looks again. */
    private void changeHands() {
        if (!busy.isEmpty()) {
            return;
        }
        sleep.cancel();
        looking = true;
        turn.change(desk)
                .onSuccess(done -> {
                    looking = false;
                    desk.worked();
                    look();
                })
                .onFailure(error -> outboxAway(turn.held() ? RELEASE : "take_up", error));
    }

    private void sendAll(List<Notification> due, int free) {
        looking = false;
        desk.worked();
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
        desk.countBacklog(name);
        looking = true;
        desk.ask(outbox -> outbox.nextDue(name))
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
        Instant wake =
                next.map(due -> due.isAfter(at) ? due : at.plus(Sleep.SOON)).orElse(at.plus(Sleep.MOST));
        wakeAt(turn.earlier(wake, at), at);
    }

    private void wakeAt(Instant wake, Instant at) {
        if (stopping == null) {
            sleep.until(wake, at);
        }
    }

    private void send(Notification notification) {
        Instant begun = now.get();
        busy.add(notification.alertId());
        deliveries
                .begin(notification, begun)
                .onSuccess(outcome -> context.runOnContext(here -> {
                    if (deliveries.unsent(outcome, begun)) {
                        timers.after(Turn.RETRY, () -> context.runOnContext(again -> ended(notification)));
                    } else {
                        record(notification, deliveries.judge(notification, begun, outcome));
                    }
                }));
    }

    /** Records until it is recorded: what was sent must not be sent again because the store was away for a moment. */
    private void record(Notification notification, Verdict verdict) {
        desk.ask(outbox -> outbox.record(
                                notification,
                                verdict.attempt(),
                                verdict.state(),
                                verdict.detail(),
                                verdict.nextAttemptAt())
                        .thenApply(done -> true))
                .onSuccess(done -> ended(notification))
                .onFailure(error -> {
                    if (error instanceof FencedException) {
                        turn.lost();
                        ended(notification);
                        // whoever tells the receiver now has the current state to tell after this one
                        vertx.eventBus().publish(Address.OUTBOX + name, "");
                        return;
                    }
                    timers.after(
                            desk.failed("record", error),
                            () -> context.runOnContext(again -> record(notification, verdict)));
                });
    }

    private void ended(Notification notification) {
        busy.remove(notification.alertId());
        if (looking) {
            endedMeanwhile.add(notification.alertId());
        }
        if (stopping != null && busy.isEmpty()) {
            stopping.tryComplete();
        }
        look();
    }

    private void outboxAway(String what, Throwable error) {
        looking = false;
        Instant at = now.get();
        if (error instanceof FencedException) {
            turn.lost();
            look();
        } else if (error instanceof HeldException) {
            wakeAt(at.plus(Turn.RETRY), at);
        } else if (what.equals(RELEASE)) {
            turn.putOff(at.plus(desk.failed(what, error)));
            look();
        } else {
            wakeAt(at.plus(desk.failed(what, error)), at);
        }
    }
}
