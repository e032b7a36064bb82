package io.tocsin.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The stream of the stand-in: remembers what it said, goes on after the last event that a reader names, or says reset. */
public final class StandInStream {
    private final List<HttpServerResponse> readers = new CopyOnWriteArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private String life = life();

    StandInStream(Vertx vertx) {
        vertx.setPeriodic(2_000, id -> readers.forEach(reader -> reader.write(": alive\n\n")));
    }

    private static String life() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    synchronized void open(RoutingContext ctx) {
        opened.incrementAndGet();
        HttpServerResponse response = ctx.response();
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").write("retry: 1000\n\n");
        String last = ctx.request().getParam("last_event_id");
        if (last != null) {
            if (last.startsWith(life + "-")) {
                resumed.incrementAndGet();
                int from = Integer.parseInt(last.substring(life.length() + 1));
                said.subList(from, said.size()).forEach(response::write);
            } else {
                response.write("event: reset\ndata: {}\n\n");
            }
        }
        readers.add(response);
        response.exceptionHandler(gone -> readers.remove(response));
        response.endHandler(ended -> readers.remove(response));
        ctx.request().connection().closeHandler(closed -> readers.remove(response));
    }

    synchronized void send(String event, Object data) {
        String text =
                "id: " + life + "-" + (said.size() + 1) + "\nevent: " + event + "\ndata: " + Json.encode(data) + "\n\n";
        said.add(text);
        readers.forEach(reader -> reader.write(text));
    }

    synchronized void cut(boolean forget) {
        if (forget) {
            life = life();
            said.clear();
        }
        readers.forEach(HttpServerResponse::reset);
        readers.clear();
    }

    /** How many readers came. */
    public int opened() {
        return opened.get();
    }

    /** How many of them went on after an event. */
    public int resumed() {
        return resumed.get();
    }

    /** How many listen. */
    public int readers() {
        return readers.size();
    }
}
