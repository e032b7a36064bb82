package io.tocsin.collect.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.CheckResult;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class NetworkQuestionsTest {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(200);

    private Vertx vertx;
    private int port;

    @BeforeEach
    void serve(Vertx vertx) throws Exception {
        this.vertx = vertx;
        port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/ok" -> request.response().end("state: ready");
            case "/broken" -> request.response().setStatusCode(500).end("oops");
            case "/moved" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/ok")
                        .end();
            case "/endless" -> {
                var response = request.response().setChunked(true);
                vertx.setPeriodic(1, id -> {
                    if (response.closed()) {
                        vertx.cancelTimer(id);
                    } else if (!response.writeQueueFull()) {
                        response.write("x".repeat(8192));
                    }
                });
            }
            case "/cut" -> request.connection().close();
            case "/drip" -> request.response().setChunked(true).write("state: ");
            default -> {
                // "/slow" never answers
            }
        }
    }

    @Test
    void expectedStatusAndBodyPass() throws Exception {
        Answer answer = http("/ok", 0, "state: (ready|busy)", PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.PASS);
        assertThat(answer.details()).containsEntry("status", 200);
        assertThat(http("/broken", 500, null, PATIENT).result()).isEqualTo(CheckResult.PASS);
    }

    @Test
    void otherStatusFailsNamingBoth() throws Exception {
        Answer answer = http("/broken", 0, null, PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.FAIL);
        assertThat(answer.error()).endsWith("/broken answered status 500, expected 200 to 299");
        assertThat(http("/ok", 204, null, PATIENT).error()).endsWith("answered status 200, expected 204");
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        assertThat(http("/moved", 0, null, PATIENT).details()).containsEntry("status", 302);
    }

    @Test
    void bodyWithoutAMatchFailsNamingBoth() throws Exception {
        Answer answer = http("/ok", 0, "state: sleeping", PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.FAIL);
        assertThat(answer.error()).contains("/state: sleeping/", "begins \"state: ready\"");
    }

    @Test
    void endlessBodyIsCut() throws Exception {
        Answer answer = http("/endless", 0, "never", PATIENT);

        assertThat(answer.result()).isEqualTo(CheckResult.FAIL);
        assertThat(answer.details()).containsEntry("body_cut_at", 64 * 1024);
        assertThat(http("/endless", 0, null, PATIENT).result()).isEqualTo(CheckResult.PASS);
    }

    @Test
    void slowAnswerAndSlowBodyTimeOut() throws Exception {
        for (String path : new String[] {"/slow", "/drip"}) {
            Answer answer = http(path, 0, "ready", HASTY);
            assertThat(answer.result()).isEqualTo(CheckResult.TIMEOUT);
            assertThat(answer.error()).endsWith(path + ": no answer within 200ms");
        }
    }

    @Test
    void refusedAndBrokenConnectionsFail() throws Exception {
        Answer refused = ask(new HttpQuestion(
                vertx,
                new ProbeSettings.Http(URI.create("http://u:p@127.0.0.1:" + closed() + "/x?k=s"), 0, null),
                PATIENT));
        assertThat(refused.result()).isEqualTo(CheckResult.FAIL);
        assertThat(refused.error()).contains("the connection was refused").doesNotContain("u:p", "k=s");
        Answer cut = http("/cut", 0, null, PATIENT);
        assertThat(cut.result()).isEqualTo(CheckResult.FAIL);
        assertThat(cut.error()).contains("the connection was closed before an answer");
    }

    @Test
    void openPortPassesAndAClosedOneFails() throws Exception {
        Answer open = ask(new TcpQuestion(vertx, new ProbeSettings.Tcp("127.0.0.1", port), PATIENT));
        assertThat(open.result()).isEqualTo(CheckResult.PASS);
        Answer closed = ask(new TcpQuestion(vertx, new ProbeSettings.Tcp("127.0.0.1", closed()), PATIENT));
        assertThat(closed.result()).isEqualTo(CheckResult.FAIL);
        assertThat(closed.error()).endsWith("the connection was refused, expected an open port");
    }

    @Test
    void nameResolvesToWhatIsExpected() throws Exception {
        Answer localhost = dns("localhost", "127.0.0.1");
        assertThat(localhost.result()).isEqualTo(CheckResult.PASS);
        assertThat(localhost.details().get("addresses").toString()).contains("127.0.0.1");
        assertThat(dns("localhost", null).result()).isEqualTo(CheckResult.PASS);
        Answer other = dns("localhost", "192.0.2.1");
        assertThat(other.result()).isEqualTo(CheckResult.FAIL);
        assertThat(other.error()).contains("127.0.0.1", "expected 192.0.2.1 among them");
    }

    @Test
    void expectedAddressMustBeOne() {
        assertThatThrownBy(() -> new DnsQuestion(vertx, new ProbeSettings.Dns("localhost", "elsewhere"), PATIENT))
                .hasMessageContaining("\"elsewhere\" is no IP address");
    }

    private Answer http(String path, int status, String body, Duration timeout) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + port + path);
        return ask(new HttpQuestion(vertx, new ProbeSettings.Http(url, status, body), timeout));
    }

    private Answer dns(String name, String expect) throws Exception {
        return ask(new DnsQuestion(vertx, new ProbeSettings.Dns(name, expect), PATIENT));
    }

    private static Answer ask(Question question) throws Exception {
        try {
            return question.ask().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } finally {
            question.close();
        }
    }

    private static int closed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
