package io.tocsin.api;

import static io.tocsin.api.ApiFixture.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Address;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final ApiFixture api = new ApiFixture();
    private final AtomicReference<JsonArray> clusters = new AtomicReference<>(new JsonArray());
    private final Queue<JsonObject> asked = new ConcurrentLinkedQueue<>();
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        api.vertx.eventBus().<JsonObject>localConsumer(Address.QUERY, message -> {
            asked.add(message.body());
            message.reply(new JsonObject().put("result", answer(message.body())));
        });
        api.start();
        http = api.vertx.createHttpClient(
                new HttpClientOptions().setDefaultPort(api.port).setDefaultHost("127.0.0.1"),
                new PoolOptions().setHttp1MaxSize(2000));
    }

    private Object answer(JsonObject question) {
        return switch (question.getString("what")) {
            case "clusters" -> clusters.get();
            case "tally" ->
                new JsonObject()
                        .put("critical", 1)
                        .put("warning", 0)
                        .put("info", 0)
                        .put("firing", 1)
                        .put("acknowledged", 0);
            default ->
                new JsonObject()
                        .put("mark", "1:7")
                        .put("omitted", 0)
                        .put(
                                "readings",
                                question.getString("mark").isEmpty()
                                        ? new JsonArray()
                                        : new JsonArray().add(new JsonObject().put("type", "metric")));
        };
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    /** What came on one stream so far. */
    private static final class Heard {
        private final Buffer text = Buffer.buffer();
        private HttpClientResponse response;
        private volatile boolean over;

        private synchronized void add(Buffer more) {
            text.appendBuffer(more);
        }

        private synchronized String text() {
            return text.toString();
        }

        private List<String> events() {
            return text().lines()
                    .filter(line -> line.startsWith("event: "))
                    .map(line -> line.substring(7))
                    .toList();
        }

        private List<JsonObject> data(String event) {
            List<JsonObject> data = new ArrayList<>();
            for (String block : text().split("\n\n")) {
                if (block.contains("event: " + event + "\n") && block.contains("\ndata: ")) {
                    data.add(new JsonObject(block.substring(block.indexOf("\ndata: ") + 7)));
                }
            }
            return data;
        }

        private String lastId() {
            return text().lines()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((one, other) -> other)
                    .orElseThrow()
                    .substring(4);
        }

        private void hangUp() {
            response.request().connection().close();
        }
    }

    private Heard open(String query, String... headers) throws Exception {
        return ApiFixture.of(opened(query, headers));
    }

    private Future<Heard> opened(String query, String... headers) {
        Heard heard = new Heard();
        return http.request(HttpMethod.GET, "/api/v1/stream" + query)
                .compose(request -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        request.putHeader(headers[i], headers[i + 1]);
                    }
                    return request.send();
                })
                .map(response -> {
                    heard.response = response;
                    assertThat(response.statusCode()).isEqualTo(200);
                    response.handler(heard::add)
                            .endHandler(any -> heard.over = true)
                            .exceptionHandler(any -> heard.over = true);
                    return heard;
                });
    }

    private void alert(String id, String cluster, String node) {
        alert(id, cluster, node, "");
    }

    private void alert(String id, String cluster, String node, String message) {
        api.vertx
                .eventBus()
                .publish(
                        Address.ALERTS,
                        new JsonObject()
                                .put("id", id)
                                .put("cluster", cluster)
                                .put("node", node)
                                .put("alert_type", "memory_usage")
                                .put("message", message));
    }

    @Test
    void everyTransitionIsToldWithAnIdThatGoesUp() throws Exception {
        Heard heard = open("?topics=alerts");
        alert("a-1", "main", "n1");
        alert("a-1", "main", "n1");

        await().until(() -> heard.data("alert").size() == 2);
        assertThat(heard.text()).startsWith("retry: 1000\nid: ");
        assertThat(heard.response.getHeader("content-type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(heard.response.getHeader("cache-control")).isEqualTo("no-store");
        List<Long> ids = heard.text()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf('-') + 1)))
                .toList();
        assertThat(ids).isSorted().endsWith(ids.get(0) + 2);
    }

    @Test
    void filtersLeaveOutWhatIsNotWanted() throws Exception {
        Heard heard = open("?topics=alerts&cluster=main&node=n1&type=memory_usage");
        alert("other-cluster", "spare", "n1");
        alert("other-node", "main", "n2");
        alert("no-node", "main", null);
        alert("this", "main", "n1");

        await().until(() -> !heard.data("alert").isEmpty());
        assertThat(heard.data("alert")).extracting(one -> one.getString("id")).containsExactly("this");
    }

    @Test
    void whoComesBackHearsWhatItMissed() throws Exception {
        Heard first = open("?topics=alerts");
        alert("before", "main", "n1");
        await().until(() -> first.data("alert").size() == 1);
        String id = first.lastId();
        first.hangUp();
        alert("meanwhile", "main", "n1");
        alert("and this", "main", "n1");

        for (Heard again :
                List.of(open("?topics=alerts", "Last-Event-ID", id), open("?topics=alerts&last_event_id=" + id))) {
            await().until(() -> again.data("alert").size() == 2);
            assertThat(again.data("alert"))
                    .extracting(one -> one.getString("id"))
                    .containsExactly("meanwhile", "and this");
            assertThat(again.events()).doesNotContain("reset");
        }
    }

    @Test
    void anIdOfAnotherProcessBeginsAnew() throws Exception {
        Heard known = open("?topics=alerts");
        await().until(() -> known.text().contains("id: "));
        String start = known.lastId().substring(0, known.lastId().indexOf('-'));
        for (String id : List.of("other-3", "nonsense", start + "-99", start + "-x")) {
            Heard heard = open("?topics=alerts", "Last-Event-ID", id);
            await().until(() -> !heard.events().isEmpty());
            assertThat(heard.events().get(0)).as(id).isEqualTo("reset");
            assertThat(heard.data("reset")).containsExactly(new JsonObject());
        }
    }

    @Test
    void clustersAreToldWhenTheyChange() throws Exception {
        JsonObject main = new JsonObject().put("cluster", "main").put("status", "healthy");
        clusters.set(new JsonArray().add(main));
        Heard heard = open("?topics=clusters&cluster=main");
        await().until(() -> heard.data("cluster").size() == 1);
        int questions = asked.size();
        await().until(() -> asked.size() > questions + 1);
        assertThat(heard.data("cluster")).containsExactly(main);

        JsonObject worse = main.copy().put("status", "degraded");
        clusters.set(new JsonArray().add(worse).add(new JsonObject().put("cluster", "spare")));
        await().until(() -> heard.data("cluster").size() == 2);
        assertThat(heard.data("cluster")).containsExactly(main, worse);
        assertThat(heard.events()).doesNotContain("tally", "alert");
    }

    @Test
    void aTallyComesAtFirstAndAfterAChangeOnly() throws Exception {
        Heard heard = open("?topics=alerts");
        await().until(() -> heard.data("tally").size() == 1);
        assertThat(heard.data("tally").get(0))
                .isEqualTo(new JsonObject()
                        .put("critical", 1)
                        .put("warning", 0)
                        .put("info", 0)
                        .put("firing", 1)
                        .put("acknowledged", 0)
                        .put("resolved_today", 7));
    }

    @Test
    void readingsAreOfOneClusterAndOnlyNewOnes() throws Exception {
        var refused = api.get("/api/v1/stream?topics=readings");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused)).startsWith("cluster: is missing");

        Heard heard = open("?topics=readings&cluster=main&type=metric");
        await().until(() -> heard.events().contains("reading"));
        assertThat(heard.text()).contains("event: reading\ndata: [{\"type\":\"metric\"}]\n\n");
        assertThat(asked.stream().map(one -> one.getString("mark")).limit(2)).containsExactly("", "1:7");
        assertThat(asked.peek().getString("type")).isEqualTo("metric");
    }

    @Test
    void nobodyIsAskedWhileNobodyListens() throws Exception {
        Heard heard = open("");
        await().until(() -> !asked.isEmpty());
        heard.hangUp();
        await().until(() -> api.metrics.get("tocsin_stream_open").gauge().value() == 0);
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(1200, TimeUnit.MILLISECONDS).until(() -> before.getAndSet(asked.size()) == asked.size());
    }

    @Test
    void wrongTopicsAndParametersAreRefused() throws Exception {
        assertThat(error(api.get("/api/v1/stream?topics=alert"))).contains("did you mean alerts?");
        assertThat(error(api.get("/api/v1/stream?cluster=a&cluster=b"))).startsWith("cluster: given 2 times");
        assertThat(api.get("/api/v1/stream?topic=alerts").statusCode()).isEqualTo(400);
        var head = api.call(HttpMethod.HEAD, "/api/v1/stream", null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(api.metrics.get("tocsin_stream_open").gauge().value()).isZero();
    }

    @Test
    void aThousandStreamsHearAndTheNextIsRefused() throws Exception {
        List<Future<Heard>> opening = new ArrayList<>();
        for (int i = 0; i < StreamHub.MOST_STREAMS; i++) {
            opening.add(opened("?topics=alerts"));
        }
        ApiFixture.of(Future.all(opening));
        var refused = api.get("/api/v1/stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.getHeader("retry-after")).isEqualTo("1");
        assertThat(error(refused)).contains("1000 streams");

        alert("a-1", "main", "n1");
        List<Heard> all = opening.stream().map(Future::result).collect(Collectors.toList());
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> all.stream().allMatch(one -> one.data("alert").size() == 1));
        assertThat(api.get("/-/healthy").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndOthersAreNot() throws Exception {
        Socket slow = new Socket();
        slow.setReceiveBufferSize(4096);
        slow.connect(new InetSocketAddress("127.0.0.1", api.port));
        slow.getOutputStream()
                .write("GET /api/v1/stream?topics=alerts HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        Heard reads = open("?topics=alerts");
        await().until(() -> api.metrics.get("tocsin_stream_open").gauge().value() == 2);
        String long16 = "x".repeat(16 * 1024);
        for (int i = 0; i < 900; i++) {
            alert("a-" + i, "main", "n1", long16);
        }

        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> api.metrics.get("tocsin_stream_open").gauge().value() == 1);
        assertThat(api.metrics
                        .get("tocsin_stream_cut_off")
                        .tag("reason", "does not read")
                        .counter()
                        .count())
                .isEqualTo(1);
        slow.close();
        await().until(() -> reads.data("alert").size() == 900);
        assertThat(reads.over).isFalse();
    }

    @Test
    void aStopEndsStreams() throws Exception {
        Heard heard = open("");
        api.close();
        assertThat(heard.over).isTrue();
    }
}
