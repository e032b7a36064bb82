package io.tocsin.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Limits;
import io.tocsin.collect.Switchboard;
import io.tocsin.model.ResourceUsage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.junit5.VertxExtension;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HttpIntakeVerticleTest {
    private static final int MAX_BODY = 1024 * 1024;
    private static final String GOOD =
            "{\"type\":\"resource_usage\",\"node\":\"n1\",\"resource_type\":\"memory\",\"usage_percent\":89.5}";
    private static final String BAD = "{\"type\":\"resource_usage\",\"node\":\"n1\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private Switchboard switchboard;
    private HttpServer server;

    @BeforeEach
    void serve(Vertx vertx) throws Exception {
        this.vertx = vertx;
        switchboard = new Switchboard(vertx);
        Router router = Router.router(vertx);
        var verticle = new HttpIntakeVerticle(
                new HttpIntakeSettings(true, MAX_BODY, 5000),
                new Limits(5000, Duration.ofSeconds(60)),
                router,
                switchboard.site,
                6000);
        server = vertx.deployVerticle(verticle)
                .compose(id -> vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        await().until(() -> switchboard.batches().size() == 1);
        switchboard.batches().clear(); // how the intake itself is
    }

    @Test
    void oneMessageIsAcceptedWhateverTheContentType() throws Exception {
        for (String type : new String[] {"application/json", "application/x-www-form-urlencoded", "text/plain"}) {
            var answer = post(GOOD, "Content-Type", type);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(json(answer)).isEqualTo(new JsonObject("{\"accepted\":1,\"rejected\":[]}"));
        }
        assertThat(switchboard.all(ResourceUsage.class)).hasSize(3).allSatisfy(usage -> {
            assertThat(usage.receivedAt()).isEqualTo(Switchboard.NOW);
            assertThat(usage.head().ttl()).isEqualTo(Duration.ofSeconds(60));
        });
    }

    @Test
    void longFormIsReadAsJsonToo() throws Exception {
        var answer = post(array(1000), "Content-Type", "application/x-www-form-urlencoded");

        assertThat(json(answer).getInteger("accepted")).isEqualTo(1000);
    }

    @Test
    void arrayIsTakenInItsOrderAndBadOnesAreNamed() throws Exception {
        var answer = post("[" + GOOD + "," + BAD + "," + GOOD.replace("n1", "n2") + "]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).getInteger("accepted")).isEqualTo(2);
        assertThat(rejected(answer)).hasSize(1);
        assertThat(rejected(answer).getJsonObject(0).getInteger("index")).isEqualTo(1);
        assertThat(rejected(answer).getJsonObject(0).getString("error")).contains("resource_type");
        assertThat(switchboard.all(ResourceUsage.class))
                .extracting(ResourceUsage::node)
                .containsExactly("n1", "n2");
        assertThat(rejections("invalid")).isEqualTo(1);
        assertThat(switchboard.count("tocsin_collected_total", "source", "http"))
                .isEqualTo(2);
    }

    @Test
    void badLineOfNdjsonIsRejectedAlone() throws Exception {
        var answer = post(GOOD + "\n{oops\n" + GOOD + "\n", "Content-Type", "application/x-ndjson; charset=utf-8");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).getInteger("accepted")).isEqualTo(2);
        assertThat(rejected(answer).getJsonObject(0).getInteger("index")).isEqualTo(1);
    }

    @Test
    void onlyABodyWithoutAValidMessageIsABadRequest() throws Exception {
        var answer = post("[" + BAD + "]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getInteger("accepted")).isZero();
        assertThat(rejected(answer)).hasSize(1);
        assertThat(json(answer).getString("error")).isNotBlank();
        assertThat(switchboard.batches()).isEmpty();
    }

    @Test
    void emptyAndUnreadableBodiesAreBadRequests() throws Exception {
        for (String body : new String[] {"", " ", "[]", "{", "7", "\"x\"", "null", "[".repeat(100_000)}) {
            var answer = post(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).fieldNames()).containsExactlyInAnyOrder("accepted", "rejected", "error");
        }
        var lines = post("\n\n", "Content-Type", "application/x-ndjson");
        assertThat(lines.statusCode()).isEqualTo(400);
        assertThat(json(lines).getString("error")).isNotBlank();
        assertThat(switchboard.batches()).isEmpty();
    }

    @Test
    void tooManyMessagesAreRefusedNamingTheLimit() throws Exception {
        var answer = post(array(5001));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("error")).contains("5000");
    }

    @Test
    void tooLargeABodyIsRefusedNamingLimitAndSize() throws Exception {
        String tenMegabytes = "x".repeat(10_000_000);

        var declared = post(tenMegabytes);
        assertThat(declared.statusCode()).isEqualTo(413);
        assertThat(json(declared).getString("error")).contains("10000000 bytes", "at most 1048576 bytes");
        var chunked = send(request().POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(tenMegabytes))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(json(chunked).getString("error")).contains("more than 1048576 bytes", "at most 1048576 bytes");
        assertThat(post(GOOD).statusCode()).isEqualTo(202);
        assertThat(rejections("too_large")).isEqualTo(2);
    }

    @Test
    void senderThatAsksFirstNeedNotSendTooLargeABody() throws Exception {
        assertThat(firstLine("Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n"))
                .isEqualTo("HTTP/1.1 413");
        assertThat(firstLine("Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"))
                .isEqualTo("HTTP/1.1 100");
    }

    @Test
    void foreignOriginIsRefused() throws Exception {
        String self = "127.0.0.1:" + server.actualPort();
        for (String origin : new String[] {"http://evil.example", "null", "https://" + self}) {
            var answer = post(GOOD, "Origin", origin);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(json(answer).getString("error")).contains(origin);
        }
        assertThat(post(GOOD, "Origin", "http://" + self).statusCode()).isEqualTo(202);
        assertThat(switchboard.batches()).hasSize(1);
        assertThat(rejections("foreign_origin")).isEqualTo(3);
    }

    @Test
    void compressedBodyIsRefused() throws Exception {
        var answer = post(GOOD, "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).getString("error")).contains("gzip", "must not be compressed");
    }

    @Test
    void busySwitchboardMeansComeAgain() throws Exception {
        switchboard.isBusy();

        var answer = post(GOOD);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(answer).getString("error")).isEqualTo("too much waits");
        assertThat(switchboard.count("tocsin_collect_dropped_total", "source", "http", "reason", "busy"))
                .isEqualTo(1);
        switchboard.works();
        assertThat(post(GOOD).statusCode()).isEqualTo(202);
    }

    @Test
    void tooManyWaitingMessagesMeanComeAgain() throws Exception {
        switchboard.isSilent();
        var first = client.sendAsync(
                request().POST(BodyPublishers.ofString(array(4000))).build(), BodyHandlers.ofString());
        await().until(() -> !switchboard.batches().isEmpty());

        var second = post(array(3000));

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(second).getString("error")).contains("4000 messages wait", "at most 6000");
        assertThat(first).isNotDone();
        var late = first.get(20, TimeUnit.SECONDS);
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(json(late).getString("error")).contains("timeout");
        switchboard.works();
        assertThat(post(array(3000)).statusCode()).isEqualTo(202);
    }

    @Test
    void bodyThatBreaksOffIsCountedAndDisturbsNobody() throws Exception {
        firstLine("Content-Length: 100\r\nExpect: 100-continue\r\n\r\n{");

        await().until(() -> rejections("aborted") == 1);
        assertThat(post(GOOD).statusCode()).isEqualTo(202);
    }

    @Test
    void intakeThatIsSwitchedOffAnswersNoMore() throws Exception {
        for (String id : vertx.deploymentIDs()) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        assertThat(post(GOOD).statusCode()).isEqualTo(404);
    }

    private static String array(int messages) {
        return "[" + (GOOD + ",").repeat(messages - 1) + GOOD + "]";
    }

    private double rejections(String reason) {
        return switchboard.count("tocsin_collect_rejected_total", "source", "http", "reason", reason);
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = request().POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v1/telemetry"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends these bytes after the first headers, reads how the answer begins and hangs up. */
    private String firstLine(String rest) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/telemetry HTTP/1.1\r\nHost: x\r\n" + rest)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static JsonArray rejected(HttpResponse<String> answer) {
        return json(answer).getJsonArray("rejected");
    }
}
