package io.tocsin.collect.http;

import io.tocsin.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the body of a request up to a limit. The usual handler of bodies is no choice: it also takes forms apart, and
 * {@code curl -d} calls everything a form.
 */
final class Body {
    /** How long a sender may take over a body. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The most bytes of all bodies together: they are held before anybody knows how many messages they are. */
    static final long MOST_HELD =
            Math.max(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

    private static final int TIMED_OUT = 408;
    private static final int TOO_LARGE = 413;

    private final HttpServerRequest request;
    private final int limit;
    private final AtomicLong held;
    private final Promise<Buffer> whole = Promise.promise();
    private final Buffer read = Buffer.buffer();
    private boolean given;
    private boolean ended;

    /**
     * @param limit the most bytes of this body
     * @param held bytes of all bodies that are being read or decoded
     */
    Body(HttpServerRequest request, int limit, AtomicLong held) {
        this.request = request;
        this.limit = limit;
        this.held = held;
    }

    /** The whole body, or a {@link Refusal}; what comes after a refusal is thrown away so that the sender can read the answer. */
    Future<Buffer> read(Vertx vertx) {
        begin();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> late());
        request.handler(this::chunk);
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            end();
        });
        request.exceptionHandler(cause -> {
            vertx.cancelTimer(timer);
            refuse(Failure.INVALID, "aborted", "the connection was closed within the body");
        });
        return whole.future();
    }

    /** The body is no longer needed. */
    void release() {
        held.addAndGet(-read.length());
    }

    private void begin() {
        String length = request.getHeader("Content-Length");
        if (length != null && length.matches("\\d+") && (length.length() > 9 || Long.parseLong(length) > limit)) {
            tooLarge(length + " bytes");
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void chunk(Buffer chunk) {
        if (given) {
            return;
        }
        if (read.length() + chunk.length() > limit) {
            tooLarge("more than " + limit + " bytes");
        } else if (held.get() + chunk.length() > MOST_HELD) {
            refuse(Failure.BUSY, "full", "too many bodies are being read; try again in a second");
        } else {
            held.addAndGet(chunk.length());
            read.appendBuffer(chunk);
        }
    }

    private void end() {
        ended = true;
        if (!given) {
            given = true;
            whole.complete(read);
        }
    }

    private void late() {
        refuse(TIMED_OUT, "slow", "the body did not end within " + PATIENCE.toSeconds() + " s");
        if (!ended) {
            request.connection().close();
        }
    }

    private void tooLarge(String found) {
        refuse(
                TOO_LARGE,
                "too_large",
                "the body has " + found + ", at most " + limit + " bytes are allowed (collect.http.max_body)");
    }

    private void refuse(int status, String reason, String text) {
        if (!given) {
            given = true;
            whole.fail(new Refusal(status, reason, text));
        }
    }
}
