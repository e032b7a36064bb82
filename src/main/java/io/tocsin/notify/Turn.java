package io.tocsin.notify;

import io.tocsin.store.Outbox;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Whether this member is the one that tells a receiver: what it should be, and what the store says it is. */
final class Turn {
    /** How soon to try again while another member tells the receiver still. */
    static final Duration RETRY = Duration.ofMillis(250);

    private final String receiver;
    private final int concurrency;
    private final BooleanSupplier should;
    private final BooleanSupplier owes;
    private final DispatchMeters meters;
    private final DispatchLog log;
    private boolean held;
    /** Null unless it could not be given back. */
    private Instant keptUntil;

    /** For one receiver; {@code owes} is whether it has to be told something that only this member knows of. */
    Turn(Receiver receiver, BooleanSupplier should, BooleanSupplier owes, DispatchMeters meters, DispatchLog log) {
        this.receiver = log.receiver();
        this.concurrency = receiver.concurrency();
        this.should = should;
        this.owes = owes;
        this.meters = meters;
        this.log = log;
    }

    /** Whether this member tells the receiver. */
    boolean held() {
        return held;
    }

    /** Whether there may be something that this member has to tell. */
    boolean tells() {
        return held || owes.getAsBoolean();
    }

    /** Whether it has to change hands, and nothing goes before that. */
    boolean changes(Instant at) {
        boolean changes = pending() && !owes.getAsBoolean();
        if (!changes) {
            keptUntil = null;
        }
        return changes && (keptUntil == null || !at.isBefore(keptUntil));
    }

    private boolean pending() {
        return held != should.getAsBoolean();
    }

    /** It cannot be given back, so nobody else can take it up: this member goes on until it tries again. */
    void putOff(Instant until) {
        keptUntil = until;
    }

    /** An instant, or when to try again to take it up or to give it back if that is earlier. */
    Instant earlier(Instant wake, Instant at) {
        Instant again = keptUntil == null && pending() ? at.plus(Sleep.SOON) : keptUntil;
        return again != null && again.isBefore(wake) ? again : wake;
    }

    /** Takes the receiver up or gives it back; nothing may be under way. */
    Future<?> change(Desk desk) {
        return held ? giveBack(desk) : takeUp(desk);
    }

    private Future<?> takeUp(Desk desk) {
        return desk.ask(outbox -> outbox.takeUp(receiver).thenApply(done -> true))
                .onSuccess(done -> {
                    held(true);
                    log.takenUp(concurrency);
                });
    }

    private Future<?> giveBack(Desk desk) {
        return leave(desk).onSuccess(done -> log.handedOver());
    }

    /** Gives the receiver back without a word. */
    Future<?> leave(Desk desk) {
        return desk.ask((Outbox outbox) -> outbox.release(receiver).thenApply(done -> true))
                .onSuccess(done -> held(false));
    }

    /** Another member has taken the receiver over. */
    void lost() {
        if (held) {
            held(false);
            log.takenAway();
        }
    }

    private void held(boolean holds) {
        held = holds;
        keptUntil = null;
        meters.sends.set(holds ? 1 : 0);
        if (!holds) {
            meters.waits(0, null);
        }
    }
}
