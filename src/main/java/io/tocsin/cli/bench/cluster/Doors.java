package io.tocsin.cli.bench.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP to members, as a source of telemetry speaks it: it tries another one when nobody takes it. For any thread. */
final class Doors {
    private static final String TELEMETRY = "/api/v1/telemetry";
    private static final int PATIENCE_MS = 20_000;
    private static final int AGAIN_MS = 50;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient http;
    private final List<Member> members;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile boolean closed;

    Doors(Vertx vertx, List<Member> members) {
        this.vertx = vertx;
        this.members = members;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2000), new PoolOptions().setHttp1MaxSize(64));
    }

    /** Sends a body to one member; true if it was accepted, which means that it was evaluated. */
    Future<Boolean> post(Member member, Buffer body) {
        if (closed) {
            return Future.failedFuture("closed");
        }
        return request(member, TELEMETRY, HttpMethod.POST)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(any -> response.statusCode() == ACCEPTED));
    }

    /** Sends a message to one member after the other until one accepts it. */
    Future<Void> until202(JsonObject message) {
        Promise<Void> done = Promise.promise();
        attempt(message.toBuffer(), done);
        return done.future();
    }

    private void attempt(Buffer body, Promise<Void> done) {
        post(next(), body).onComplete((accepted, fault) -> {
            if (fault == null && accepted) {
                done.complete();
            } else if (!closed) {
                vertx.setTimer(AGAIN_MS, any -> attempt(body, done));
            }
        });
    }

    /** A member that is there, another one each time. */
    Member next() {
        for (int i = 0; i < members.size(); i++) {
            Member next = members.get(Math.floorMod(turn.getAndIncrement(), members.size()));
            if (next.there()) {
                return next;
            }
        }
        return members.get(0);
    }

    /** Whether a member takes telemetry. */
    boolean ready(Member member) {
        return status(member, "/-/ready") == OK;
    }

    private int status(Member member, String path) {
        try {
            return request(member, path, HttpMethod.GET)
                    .compose(request -> request.send())
                    .compose(response -> response.body().map(any -> response.statusCode()))
                    .await(5, TimeUnit.SECONDS);
        } catch (Exception notYet) {
            return 0;
        }
    }

    /** What a member answers at a path; null if it does not. */
    JsonArray get(Member member, String path) {
        try {
            return request(member, path, HttpMethod.GET)
                    .compose(request -> request.send())
                    .compose(response ->
                            response.body().map(body -> response.statusCode() == OK ? body.toJsonArray() : null))
                    .await(5, TimeUnit.SECONDS);
        } catch (Exception notYet) {
            return null;
        }
    }

    private Future<HttpClientRequest> request(Member member, String path, HttpMethod method) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(member.port())
                .setURI(path)
                .setMethod(method)
                .setTimeout(PATIENCE_MS);
        try {
            return http.request(options);
        } catch (IllegalStateException closedMeanwhile) {
            return Future.failedFuture(closedMeanwhile);
        }
    }

    void close() {
        closed = true;
        http.close();
    }
}
