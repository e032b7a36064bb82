package io.tocsin.notify;

import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Posts JSON to one endpoint with the limits that every receiver has: 3 s to connect, 10 s for the whole, no redirects, at
 * most 64 KiB of the answer. Nothing is sent before a {@link LastLook}. What goes wrong on the way becomes an {@link Outcome.Retry} without any secret in it.
 */
public final class Poster {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int CONNECTIONS = 4;
    private static final String NOT_SURE = "not sent: another member may tell this receiver by now";

    private final Endpoint endpoint;
    private final Supplier<Instant> now;
    private final Duration whole;
    private final LastLook lastLook;
    private final HttpClientAgent client;
    private final String agent;

    /** For one endpoint; {@code now} is for answers that name a date. */
    public Poster(Vertx vertx, Endpoint endpoint, Supplier<Instant> now) {
        this(vertx, endpoint, now, LastLook.NOBODY_ELSE);
    }

    /** The same for one of several members. */
    public Poster(Vertx vertx, Endpoint endpoint, Supplier<Instant> now, LastLook lastLook) {
        this(vertx, endpoint, now, lastLook, WHOLE);
    }

    /** With another limit for the whole request than 10 s. */
    Poster(Vertx vertx, Endpoint endpoint, Supplier<Instant> now, LastLook lastLook, Duration whole) {
        this.lastLook = lastLook;
        this.endpoint = endpoint;
        this.now = now;
        this.whole = whole;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(30)
                .setSsl(endpoint.tls())
                .setVerifyHost(true);
        client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        String version = Poster.class.getPackage().getImplementationVersion();
        agent = "tocsin/" + (version == null ? "dev" : version);
    }

    /**
     * What the endpoint answered.
     *
     * @param status the HTTP status
     * @param body its beginning, at most 64 KiB, as it came
     * @param quote its beginning made safe for people: no secret, no control character, one line
     * @param retryAfter how long it wants to be left alone; empty if it did not say
     */
    public record Answer(int status, String body, String quote, Optional<Duration> retryAfter) {
        /** {@code HTTP 400 invalid_blocks}. */
        public String text() {
            return quote.isEmpty() ? "HTTP " + status : "HTTP " + status + " " + quote;
        }
    }

    /** Posts once. The future never fails: no answer at all is a {@link Outcome.Retry}. */
    public Future<Outcome> post(JsonObject message, Function<Answer, Outcome> judge) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(endpoint.host().replaceAll("^\\[|]$", ""))
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(endpoint.path())
                .setFollowRedirects(false)
                .putHeader("User-Agent", agent)
                .putHeader("Accept", "application/json, text/plain")
                .putHeader("Content-Type", "application/json; charset=utf-8");
        return client.request(options)
                .compose(request -> lastLook.stillMine()
                        .timeout(whole.toMillis(), TimeUnit.MILLISECONDS)
                        .transform(mine -> {
                            if (Boolean.TRUE.equals(mine.result())) {
                                return exchange(request, message.toBuffer()).map(judge);
                            }
                            // the outcome says so
                            request.exceptionHandler(reset -> {}).reset();
                            return Future.succeededFuture(new Outcome.Unsent(NOT_SURE));
                        }))
                .recover(error -> Future.succeededFuture(Outcome.Retry.of(unanswered(error))));
    }

    private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(this::read)
                .timeout(whole.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(error -> request.reset());
    }

    private Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> done = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() >= MOST_BYTES) {
                done.tryComplete(answer(response, body.slice(0, MOST_BYTES)));
                response.request().reset();
            }
        });
        response.endHandler(end -> done.tryComplete(answer(response, body)));
        response.exceptionHandler(done::tryFail);
        return done.future();
    }

    private Answer answer(HttpClientResponse response, Buffer body) {
        String text = body.toString();
        return new Answer(
                response.statusCode(),
                text,
                endpoint.quote(text),
                RetryAfter.parse(response.getHeader("Retry-After"), now.get()));
    }

    private String unanswered(Throwable error) {
        if (error instanceof TimeoutException) {
            return "no answer within " + Text.duration(whole) + ", unknown whether it arrived";
        }
        String what = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return "no answer from " + endpoint.host() + ": " + endpoint.quote(what);
    }

    /** Closes its connections. */
    public Future<Void> close() {
        return client.close();
    }
}
