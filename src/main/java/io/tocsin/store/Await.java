package io.tocsin.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the writer, for those who may block. */
final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Await() {}

    /** The result; if it takes too long it is called off, as far as it has not begun. */
    static <T> T of(CompletableFuture<T> done, String what) {
        try {
            return done.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException fault) {
            throw StoreException.of(what, fault.getCause());
        } catch (TimeoutException fault) {
            done.cancel(false);
            throw new StoreException(
                    what + " failed: the store did not answer within " + LONGEST.toSeconds() + " s", fault);
        } catch (InterruptedException fault) {
            done.cancel(false);
            Thread.currentThread().interrupt();
            throw new StoreException(what + " failed: interrupted", fault);
        }
    }
}
