package io.tocsin.lane;

import io.tocsin.bus.Address;
import io.tocsin.model.Notification;
import io.tocsin.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** Has what a lane decided written, and lets it out afterwards, never before. */
final class Outgoing {
    private final Store store;
    private final Shift shift;
    private final Context context;
    private final Publisher publisher;
    private int uncommitted;

    Outgoing(Store store, Shift shift, Context context, Publisher publisher) {
        this.store = store;
        this.shift = shift;
        this.context = context;
        this.publisher = publisher;
    }

    /** How many steps wait for their commit. */
    int uncommitted() {
        return uncommitted;
    }

    /** Lets a step out once it is written; tells whether it went out degraded, or why it could not be written. */
    Future<Boolean> commit(Step step, Consumer<Throwable> lost) {
        if (step.transaction().isEmpty()) {
            out(step);
            return Future.succeededFuture(false);
        }
        Promise<Boolean> done = Promise.promise();
        uncommitted++;
        store.commit(step.transaction(), () -> shift.later(context, () -> said(step.asDegraded(), true, done)))
                .whenComplete((nothing, fault) -> shift.later(context, () -> {
                    if (fault == null) {
                        said(step, false, done);
                    } else {
                        lost.accept(fault);
                        uncommitted -= done.tryFail(fault) ? 1 : 0;
                    }
                }));
        return done.future();
    }

    /** Lets a step out, unless it was said while the store was away. */
    private void said(Step step, boolean degraded, Promise<Boolean> done) {
        if (!done.future().isComplete()) {
            uncommitted--;
            out(step);
            if (shift.relieved()) {
                publisher.flush();
            }
            done.complete(degraded);
        }
    }

    private void out(Step step) {
        publisher.telemetry(step.derived());
        step.changes().forEach(publisher::alert);
        step.transaction().notifications().stream()
                .map(Notification::receiver)
                .distinct()
                .forEach(receiver -> context.owner().eventBus().publish(Address.OUTBOX + receiver, ""));
    }
}
