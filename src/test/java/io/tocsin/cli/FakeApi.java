package io.tocsin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member's API as far as the command line uses it: answers by path, and records what it was asked. */
final class FakeApi implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();

    /** Every request: {@code GET /path?query} or {@code POST /path body}. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** One more answer at a path without its query; the last one given is repeated. */
    FakeApi answer(String path, int status, String body) {
        answers.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>()).add(new Answer(status, body));
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
        String path = exchange.getRequestURI().getPath();
        List<Answer> queue =
                answers.getOrDefault(path, List.of(new Answer(404, "{\"error\":\"nothing at " + path + "\"}")));
        Answer answer = queue.size() > 1 ? queue.remove(0) : queue.get(0);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
