package io.tocsin.collect.probe;

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
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A GET on a connection of its own, so that the time includes what a new client meets. Redirects are not followed: where
 * one leads is another question. Of the body at most 64 KiB are read, and only when the probe looks for something in it.
 */
final class HttpQuestion implements Question {
    private static final int LONGEST_BODY = 64 * 1024;

    private final Vertx vertx;
    private final ProbeSettings.Http target;
    private final Duration timeout;
    private final Pattern wanted;
    private final HttpClientAgent client;
    private final String shown;

    HttpQuestion(Vertx vertx, ProbeSettings.Http target, Duration timeout) {
        this.vertx = vertx;
        this.target = target;
        this.timeout = timeout;
        this.wanted = target.body() == null ? null : Pattern.compile(target.body());
        this.shown = shown(target.url());
        int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout(millis), new PoolOptions());
    }

    /** Without user and query, which may hold secrets. */
    private static String shown(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    @Override
    public Future<Answer> ask() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("url", shown);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(target.url().toString());
        Promise<HttpClientRequest> sent = Promise.promise();
        return client.request(options)
                .onComplete(sent)
                .compose(HttpClientRequest::send)
                .compose(response -> read(response, details))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .compose(body -> judge(details, body))
                .otherwise(cause -> lost(details, cause))
                .onComplete(done -> sent.future().onSuccess(HttpClientRequest::reset));
    }

    @Override
    public void close() {
        client.close();
    }

    private Future<Buffer> read(HttpClientResponse response, Map<String, Object> details) {
        details.put("status", response.statusCode());
        if (wanted == null || !expected(response.statusCode())) {
            // the connection is reset on purpose, which is no error worth a log line
            response.exceptionHandler(reset -> {});
            return Future.succeededFuture(Buffer.buffer());
        }
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(read::tryFail);
        response.endHandler(end -> read.tryComplete(body));
        response.handler(chunk -> {
            int room = LONGEST_BODY - body.length();
            body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
            if (chunk.length() >= room) {
                response.pause();
                details.put("body_cut_at", LONGEST_BODY);
                read.tryComplete(body);
            }
        });
        return read.future();
    }

    private Future<Answer> judge(Map<String, Object> details, Buffer body) {
        int status = (int) details.get("status");
        if (!expected(status)) {
            String allowed = target.status() == 0 ? "200 to 299" : String.valueOf(target.status());
            return Future.succeededFuture(
                    Answer.fail(details, shown + " answered status " + status + ", expected " + allowed));
        }
        if (wanted == null) {
            return Future.succeededFuture(Answer.pass(details));
        }
        String text = body.toString();
        // an expression can take long over a long body
        return vertx.executeBlocking(() -> wanted.matcher(text).find(), false)
                .map(found -> found
                        ? Answer.pass(details)
                        : Answer.fail(
                                details,
                                shown + " answered a body of " + text.length() + " characters without a match of /"
                                        + wanted + "/, it begins \"" + Text.cut(text.strip(), 80) + "\""));
    }

    private Answer lost(Map<String, Object> details, Throwable cause) {
        return Late.isLate(cause)
                ? Answer.timeout(details, shown + ": " + Late.late(timeout))
                : Answer.fail(details, shown + ": " + Late.words(cause) + ", expected an answer");
    }

    private boolean expected(int status) {
        return target.status() == 0 ? status >= 200 && status < 300 : status == target.status();
    }
}
