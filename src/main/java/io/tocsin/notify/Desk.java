package io.tocsin.notify;

import io.tocsin.store.Outbox;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Where one receiver's outbox is asked: answers come on the receiver's event loop, and failures in a row are counted. */
final class Desk {
    private final Outbox outbox;
    private final DispatchMeters meters;
    private final DispatchLog log;
    private final Context context;
    private int failures;
    private Future<?> counted = Future.succeededFuture();

    Desk(Outbox outbox, DispatchMeters meters, DispatchLog log, Context context) {
        this.outbox = outbox;
        this.meters = meters;
        this.log = log;
        this.context = context;
    }

    <T> Future<T> ask(Function<Outbox, CompletionStage<T>> question) {
        return Future.<T>future(promise -> Future.fromCompletionStage(question.apply(outbox), context)
                        .onComplete(promise))
                .recover(error -> Future.failedFuture(
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error));
    }

    /** The outbox works. */
    void worked() {
        failures = 0;
    }

    /** It failed; returns after which time to ask again. */
    Duration failed(String what, Throwable error) {
        failures++;
        meters.outboxFailed(what);
        if (failures == 1) {
            log.outboxAway(what, error);
        }
        return Backoff.ofStore(failures);
    }

    /** Has the backlog of a receiver counted, unless that is being done. */
    void countBacklog(String receiver) {
        if (!counted.isComplete()) {
            return;
        }
        counted = context.executeBlocking(() -> {
                    long waiting = outbox.backlog(receiver);
                    meters.waits(
                            waiting,
                            waiting == 0 ? null : outbox.oldest(receiver).orElse(null));
                    return null;
                })
                .onComplete(done -> {
                    if (done.failed()) {
                        meters.outboxFailed("backlog");
                    }
                });
    }

    /** Completes when nothing is being counted. */
    Future<?> quiet() {
        return counted.transform(any -> Future.succeededFuture());
    }
}
