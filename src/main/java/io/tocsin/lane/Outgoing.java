package io.tocsin.lane;

import io.tocsin.bus.Address;
import io.tocsin.model.Notification;
import io.tocsin.store.FencedException;
import io.tocsin.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** Has what a lane decided written, and lets it out afterwards, never before. */
final class Outgoing {
    private static final long AGAIN_MS = 1000;

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
        store.commit(step.transaction(), () -> {
                    wake(step);
                    shift.later(context, () -> said(step.asDegraded(), true, done));
                })
                .whenComplete((nothing, fault) -> {
                    if (fault == null) {
                        wake(step);
                    }
                    shift.later(context, () -> {
                        if (fault == null) {
                            said(step, false, done);
                        } else {
                            lost.accept(fault);
                            uncommitted -= done.tryFail(fault) ? 1 : 0;
                        }
                    });
                });
        return done.future();
    }

    /** At once: who is told need not wait until the lane has a moment. */
    private void wake(Step step) {
        step.transaction().notifications().stream()
                .map(Notification::receiver)
                .distinct()
                .forEach(receiver -> context.owner().eventBus().publish(Address.OUTBOX + receiver, ""));
    }

    /**
     * Lets other members have a cluster, after all that was decided of it. This process lives, so nobody would take it over:
     * a store that is away is asked again until it has heard.
     */
    void release(String cluster, long epoch, LaneLog log) {
        store.release(cluster, epoch).whenComplete((done, fault) -> {
            if (fault != null && !(fault instanceof FencedException)) {
                log.notGivenBack(cluster, fault);
                context.owner().setTimer(AGAIN_MS, any -> release(cluster, epoch, log));
            }
        });
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
    }
}
