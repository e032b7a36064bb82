package io.tocsin.collect.http;

import io.tocsin.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads the body of a request up to a limit. The usual handler of bodies is no choice: it also takes forms apart, and
 * {@code curl -d} calls everything a form.
 */
final class Body {
    /** How long a sender may take over a body. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int TIMED_OUT = 408;
    private static final int TOO_LARGE = 413;

    private final HttpServerRequest request;
    private final int limit;
    private final Promise<Buffer> whole = Promise.promise();
    private final Buffer read = Buffer.buffer();
    private boolean given;
    private boolean ended;

    private Body(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /** The whole body, or a {@link Refusal}; what comes after a refusal is thrown away so that the sender can read the answer. */
    static Future<Buffer> read(Vertx vertx, HttpServerRequest request, int limit) {
        Body body = new Body(request, limit);
        body.begin();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> body.late());
        request.handler(body::chunk);
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            body.end();
        });
        request.exceptionHandler(cause -> {
            vertx.cancelTimer(timer);
            body.refuse(Failure.INVALID, "aborted", "the connection was closed within the body");
        });
        return body.whole.future();
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
        } else {
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
