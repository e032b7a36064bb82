package io.tocsin.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What both fakes share: a server on a free port of loopback, faults to play, a list of what was wrong. */
final class FakeServer {
    /** What a fake says to a request; an answer with a Retry-After has to be obeyed. */
    interface Duty {
        Fault answer(HttpServerRequest request, Buffer body, Instant now);
    }

    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final AtomicInteger requests = new AtomicInteger();
    private final Supplier<Instant> now;
    private final Duty duty;
    private final HttpServer server;
    private volatile Instant blockedUntil = Instant.MIN;

    FakeServer(Vertx vertx, Supplier<Instant> now, Duty duty) {
        this.now = now;
        this.duty = duty;
        HttpServer created = vertx.createHttpServer().requestHandler(this::take);
        try {
            server = created.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the fake server cannot listen: " + e.getMessage(), e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    void stop() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Instant at = now.get();
            requests.incrementAndGet();
            checkHead(request, at);
            Fault fault = faults.poll();
            Fault answer = fault;
            if (fault == null || fault.accepts()) {
                Fault dutiful = duty.answer(request, body, at);
                answer = fault == null ? dutiful : fault;
            }
            answer.blocksUntil(at).ifPresent(until -> blockedUntil = until);
            send(request, body, answer);
        });
    }

    private void checkHead(HttpServerRequest request, Instant at) {
        if (at.isBefore(blockedUntil)) {
            violations.add("a request at " + at + ", asked to wait until " + blockedUntil);
        }
        String type = String.valueOf(request.getHeader("Content-Type"));
        if (!type.startsWith("application/json")) {
            violations.add("Content-Type is " + type);
        }
        if (!String.valueOf(request.getHeader("User-Agent")).startsWith("tocsin/")) {
            violations.add("User-Agent is " + request.getHeader("User-Agent"));
        }
    }

    private static void send(HttpServerRequest request, Buffer body, Fault answer) {
        if (answer.ending() == Fault.Ending.RESET) {
            request.connection().close();
            return;
        }
        HttpServerResponse response =
                request.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType());
        answer.headers().forEach(response::putHeader);
        String text = answer.body().replace("{request}", request.absoluteURI() + " " + body);
        if (answer.ending() == Fault.Ending.STALLS) {
            response.setChunked(true).write(text);
        } else {
            response.end(text);
        }
    }
}
