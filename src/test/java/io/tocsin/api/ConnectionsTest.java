package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that nobody should have: too many, half-open, too long, unreadable. */
class ConnectionsTest {
    private final ApiFixture api = new ApiFixture();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        api.close();
    }

    private Socket open(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    private static Socket say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** All that comes until the other side closes. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int limited(int most, int mostOfOne, long patienceMs) throws Exception {
        Vertx vertx = api.vertx;
        Router router = Router.router(vertx);
        Connections connections = new Connections(vertx, api.metrics, most, mostOfOne, patienceMs);
        router.route().handler(connections::request);
        router.get("/").handler(ctx -> ctx.response().end("here"));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .connectionHandler(connections::opened);
        return server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    private double refused(String reason) {
        return api.metrics.counter("tocsin.http.refused", "reason", reason).count();
    }

    @Test
    void aRequestThatNeverEndsItsHeadersIsClosed() throws Exception {
        int port = limited(100, 100, 300);
        Socket silent = open(port);
        Socket half = say(open(port), "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ");
        Socket whole = say(open(port), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(rest(silent)).isEmpty();
        assertThat(rest(half)).isEmpty();
        assertThat(rest(whole)).endsWith("here");
        assertThat(refused("no request in time")).isEqualTo(3);
    }

    @Test
    void oneHeaderAfterTheOtherDoesNotBuyTime() throws Exception {
        int port = limited(100, 100, 500);
        Socket slow = say(open(port), "GET / HTTP/1.1\r\nHost: localhost\r\n");
        await().pollInterval(java.time.Duration.ofMillis(50)).until(() -> {
            try {
                say(slow, "X-A: b\r\n");
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
        assertThat(refused("no request in time")).isEqualTo(1);
    }

    @Test
    void onlySoManyOfOneClient() throws Exception {
        int port = limited(100, 3, 60_000);
        for (int i = 0; i < 3; i++) {
            say(open(port), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getInputStream()
                    .read();
        }
        assertThat(rest(open(port))).isEmpty();
        assertThat(refused("connections of one client")).isEqualTo(1);

        sockets.get(0).close();
        await().untilAsserted(() -> assertThat(say(open(port), "GET / HTTP/1.0\r\n\r\n")
                        .getInputStream()
                        .read())
                .isPositive());
    }

    @Test
    void headersAndCookiesThatAreTooLongAreNamed() throws Exception {
        api.start();
        assertThat(rest(say(
                        open(api.port),
                        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + "x".repeat(9000) + "\r\n\r\n")))
                .startsWith("HTTP/1.1 431 ")
                .endsWith("{\"error\":\"headers and cookies: are too long; allowed are 8192 bytes\"}");
        assertThat(rest(say(open(api.port), "GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .startsWith("HTTP/1.0 414 ")
                .endsWith("{\"error\":\"the address: is too long; allowed are 4096 bytes\"}");
        assertThat(rest(say(open(api.port), "no request at all\r\n\r\n"))).contains(" 400 Bad Request");
        assertThat(api.get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(refused("unreadable")).isEqualTo(3);
    }
}
