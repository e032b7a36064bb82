package io.tocsin.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** The live stream, as server-sent events. */
final class StreamRoutes {
    private static final Set<StreamTopic> USUAL = Set.of(StreamTopic.ALERTS, StreamTopic.CLUSTERS);
    private static final String LAST_ID = "Last-Event-ID";

    private final StreamHub hub;

    StreamRoutes(StreamHub hub) {
        this.hub = hub;
    }

    void mount(Calls calls) {
        calls.get("/api/v1/stream", this::stream);
    }

    private void stream(RoutingContext ctx) {
        QueryString given = QueryString.of(ctx, "topics", "cluster", "node", "type", "last_event_id");
        Set<StreamTopic> topics = given.words("topics", StreamTopic.values());
        StreamFilter filter = new StreamFilter(
                topics.isEmpty() ? USUAL : topics, given.one("cluster"), given.one("node"), given.one("type"));
        if (filter.has(StreamTopic.READINGS) && filter.cluster() == null) {
            throw HttpFault.invalid("cluster: is missing; topic readings is of one cluster, such as cluster=default");
        }
        // the header is newer: a browser that reconnects asks for the same address again
        String header = ctx.request().getHeader(LAST_ID);
        String last = header == null || header.isBlank() ? given.one("last_event_id") : header;
        HttpServerResponse response = ctx.response();
        if (!ctx.request().method().equals(HttpMethod.HEAD)) {
            hub.room();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                // compressed it would wait until a block is full
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader("X-Accel-Buffering", "no");
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        hub.open(response, filter, last);
    }
}
