package io.tocsin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Answers what is no HTTP request, or one whose address, headers or cookies are too long. */
final class Unreadable {
    private final MeterRegistry registry;

    Unreadable(MeterRegistry registry) {
        this.registry = registry;
    }

    void answer(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpHeaderException
                ? 431
                : cause instanceof TooLongHttpLineException ? 414 : 400;
        String error = switch (status) {
            case 431 -> "headers and cookies: are too long; allowed are 8192 bytes";
            case 414 -> "the address: is too long; allowed are 4096 bytes";
            default -> "this is no HTTP request that can be read";
        };
        registry.counter("tocsin.http.refused", "reason", "unreadable").increment();
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(new JsonObject().put("error", error).toBuffer())
                .onComplete(done -> request.connection().close());
    }
}
