package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.config.ConfigLoader;
import io.tocsin.config.Overrides;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the description says of the API is so, and what the API does is described: held against a running appliance. */
class ApiContractTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path home;

    private static Appliance appliance;
    private static Contract contract;
    private static String critical;

    @BeforeAll
    static void start() throws Exception {
        Path config = Files.writeString(
                home.resolve("tocsin.yaml"), "clusters: {main: {nodes: [n1, n2], quorum: 2}}\nreceivers: {log: {}}\n");
        Map<String, String> sets = Map.of(
                "http.port", "0", "hazelcast.enabled", "false", "collect.host.enabled", "false", "rehearse", "false");
        appliance = Appliance.start(
                ConfigLoader.load(config, sets, Map.of(), new Overrides(Path.of("rules"), home.resolve("data")))
                        .settings(),
                new SteadyClock());
        contract = new Contract(
                new JsonObject(call("GET", "/api/openapi.json", null).body()));
        listen("/api/v1/stream?topics=alerts,clusters,readings&cluster=main");
        send(component("n1", "store", "healthy"));
        send(component("n2", "store", "unhealthy"));
        critical = alert("n2");
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static JsonObject component(String node, String component, String status) {
        return new JsonObject()
                .put("type", "component_health")
                .put("cluster", "main")
                .put("node", node)
                .put("component", component)
                .put("status", status)
                .put("details", new JsonObject().put("response_time_ms", 12));
    }

    private static String alert(String node) {
        String query = "/api/v1/alerts?state=firing&alert_type=component_unhealthy&node=" + node;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !json(query).getJsonArray("alerts").isEmpty());
        return json(query).getJsonArray("alerts").getJsonObject(0).getString("id");
    }

    private static void send(JsonObject message) {
        assertThat(call("POST", "/api/v1/telemetry", message.encode()).statusCode())
                .isEqualTo(202);
    }

    private static JsonObject json(String path) {
        return new JsonObject(call("GET", path, null).body());
    }

    private static HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, "application/json", body);
    }

    private static HttpResponse<String> call(String method, String path, String type, String body) {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(appliance.address() + path))
                            .timeout(Duration.ofSeconds(60))
                            .header("Content-Type", type)
                            .method(method, publisher)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException fault) {
            throw new IllegalStateException(path, fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(fault);
        }
    }

    private static void listen(String path) {
        CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(appliance.address() + path)).build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(EVENTS)));
    }

    private static String keeps(String operation, HttpResponse<String> answer) {
        return contract.problem(
                operation,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(null),
                answer.body());
    }

    private static HttpResponse<String> kept(String operation, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(keeps(operation, answer)).as(operation).isEmpty();
        return answer;
    }

    /** What stands for the parts of a path that are in braces. */
    private static String real(String path) {
        String id = critical;
        if (path.contains("diagnostics/{id}")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !json("/api/v1/diagnostics")
                            .getJsonArray("diagnostics")
                            .isEmpty());
            id = json("/api/v1/diagnostics")
                    .getJsonArray("diagnostics")
                    .getJsonObject(0)
                    .getString("id");
        }
        if (path.startsWith("/assets/")) {
            return asset(path.contains("/lib/"));
        }
        return path.replace("{id}", id)
                .replace("{cluster}", "main")
                .replace("{rule}", encoded("component is unhealthy").replace("+", "%20"));
    }

    /** One that the page itself asks for. */
    private static String asset(boolean library) {
        String page = call("GET", "/", null).body();
        return Pattern.compile("/assets/[^\"]+")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(path -> path.contains("/lib/") == library)
                .findFirst()
                .orElseThrow();
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsMountedIsDescribedAndNothingElse() {
        String error = json("/api/v1/no-such-path").getString("error");
        Set<String> mounted = Arrays.stream(
                        error.substring(error.lastIndexOf("llowed: ") + 8).split(", "))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mounted).isEqualTo(contract.paths());
        Set<String> methods = new TreeSet<>();
        for (String path : mounted) {
            String allowed =
                    call("PUT", real(path), null).headers().firstValue("Allow").orElse("");
            for (String method : allowed.split(", ")) {
                if (!method.equals("HEAD")) {
                    methods.add(method + " " + path);
                }
            }
        }
        assertThat(methods).isEqualTo(contract.operations().keySet());
    }

    @Test
    void everyGetAnswersAsDescribed() {
        contract.operations().forEach((operation, described) -> {
            if (operation.startsWith("GET ") && !operation.endsWith("/stream")) {
                String path = operation.substring(4);
                kept(operation, 200, call("GET", real(path), null));
                if (described.getJsonObject("responses").containsKey("400")) {
                    kept(operation, 400, call("GET", real(path) + "?no_such_parameter=1", null));
                }
                if (described.getJsonObject("responses").containsKey("404") && path.contains("{")) {
                    kept(operation, 404, call("GET", path.replaceAll("\\{\\w+}", "no-such-thing"), null));
                }
            }
        });
    }

    @Test
    void everyExampleOfAParameterIsAccepted() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        contract.operations().forEach((operation, described) -> {
            String path = operation.substring(operation.indexOf(' ') + 1);
            for (Object one : described.getJsonArray("parameters", new JsonArray())) {
                JsonObject parameter = (JsonObject) one;
                Object example = parameter.getValue("example");
                if (example != null && operation.startsWith("GET ") && !path.endsWith("/stream")) {
                    String text = example instanceof JsonArray all
                            ? all.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : example.toString();
                    String query = "?" + parameter.getString("name") + "=" + encoded(text);
                    kept(operation, 200, call("GET", real(path) + query, null));
                    seen.merge(path, 1, Integer::sum);
                }
            }
        });
        assertThat(seen).containsKeys("/api/v1/alerts", "/api/v1/series", "/api/v1/diagnostics", "/api/v1/stats");
    }

    @Test
    void everyExampleOfTelemetryIsTaken() {
        String operation = "POST /api/v1/telemetry";
        JsonObject content = contract.operations()
                .get(operation)
                .getJsonObject("requestBody")
                .getJsonObject("content");
        Set<String> types = new TreeSet<>();
        for (String media : content.fieldNames()) {
            JsonObject examples = content.getJsonObject(media).getJsonObject("examples");
            for (String name : examples.fieldNames()) {
                Object value = examples.getJsonObject(name).getValue("value");
                if (value instanceof JsonObject message) {
                    types.add(message.getString("type"));
                }
                if (media.equals("application/json")) {
                    assertThat(contract.givenProblem(
                                    content.getJsonObject(media).getJsonObject("schema"), value))
                            .isEmpty();
                }
                String body = value instanceof String text ? text : Json.encode(value);
                var answer = kept(operation, 202, call("POST", "/api/v1/telemetry", media, body));
                assertThat(new JsonObject(answer.body()).getJsonArray("rejected"))
                        .as(name)
                        .isEmpty();
            }
        }
        assertThat(types).isEqualTo(io.tocsin.bus.TelemetryJson.types());
        kept(operation, 400, call("POST", "/api/v1/telemetry", "{\"type\":\"metric\"}"));
        kept(operation, 400, call("POST", "/api/v1/telemetry", "no JSON"));
    }

    @Test
    void everyExampleOfACommandIsTaken() {
        send(component("acked", "c", "unhealthy"));
        String path = "/api/v1/alerts/" + alert("acked");
        examples("POST /api/v1/alerts/{id}/ack", path + "/ack");
        String resolve = "POST /api/v1/alerts/{id}/resolve";
        JsonObject by = new JsonObject().put("resolved_by", "ann");
        kept(resolve, 409, call("POST", path + "/resolve", by.encode()));
        kept(resolve, 404, call("POST", "/api/v1/alerts/none/resolve", by.encode()));
        kept(resolve, 400, call("POST", path + "/resolve", "{}"));
        kept(
                resolve,
                413,
                call(
                        "POST",
                        path + "/resolve",
                        by.put("resolved_by", "x".repeat(70_000)).encode()));

        send(component("gone", "c", "unhealthy").put("ttl", "1s"));
        String gone = "/api/v1/alerts/" + alert("gone");
        await().atMost(Duration.ofSeconds(20)).until(() -> json(gone).getBoolean("stale"));
        examples(resolve, gone + "/resolve");
    }

    private void examples(String operation, String path) {
        JsonObject body = contract.operations()
                .get(operation)
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json");
        JsonObject examples = body.getJsonObject("examples");
        for (String name : examples.fieldNames()) {
            JsonObject value = examples.getJsonObject(name).getJsonObject("value");
            assertThat(contract.givenProblem(body.getJsonObject("schema"), value))
                    .isEmpty();
            kept(operation, 200, call("POST", path, value.encode()));
        }
    }

    @Test
    void aReloadAnswersAsDescribedAndItsScenariosAreTold() {
        kept("POST /-/reload", 200, call("POST", "/-/reload?force=true", null));
        var reloaded = kept("POST /-/reload", 200, call("POST", "/-/reload", null));
        assertThat(new JsonObject(reloaded.body()).getInteger("cases")).isPositive();
        kept("GET /api/v1/rules", 200, call("GET", "/api/v1/rules", null));
        String rule = "GET /api/v1/rules/{rule}";
        JsonObject told = new JsonObject(
                kept(rule, 200, call("GET", real(rule.substring(4)), null)).body());
        assertThat(told.getString("drl")).startsWith("rule \"component is unhealthy\"");
        assertThat(told.getJsonArray("scenarios"))
                .isNotEmpty()
                .allMatch(one -> ((JsonObject) one).getBoolean("passed"));
    }

    @Test
    void pagesFollowOneAnother() {
        for (String path : List.of("/api/v1/alerts?", "/api/v1/series?cluster=main&", "/api/v1/diagnostics?")) {
            send(new JsonObject()
                    .put("type", "metric")
                    .put("cluster", "main")
                    .put("node", "n1")
                    .put("name", "paged")
                    .put("value", 1));
            send(component("paged-1", "c", "unhealthy"));
            send(component("paged-2", "c", "unhealthy"));
            String operation = "GET " + path.substring(0, path.indexOf('?'));
            JsonObject page = new JsonObject(
                    kept(operation, 200, call("GET", path + "limit=1", null)).body());
            if (page.getString("next_cursor") != null) {
                String next = path + "limit=1&cursor=" + encoded(page.getString("next_cursor"));
                assertThat(kept(operation, 200, call("GET", next, null)).body()).isNotEqualTo(page.encode());
            }
            kept(operation, 400, call("GET", path + "cursor=made-up", null));
        }
    }

    @Test
    void everyEventOfTheStreamIsDescribed() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Set.of("alert", "cluster", "reading", "tally").stream()
                        .allMatch(name -> EVENTS.contains("event: " + name)));
        List<String> lines = List.copyOf(EVENTS);
        for (int i = 0; i < lines.size() - 1; i++) {
            if (lines.get(i).startsWith("event: ")) {
                String event = lines.get(i).substring(7);
                Object data = Json.decodeValue(lines.get(i + 1).substring("data: ".length()));
                assertThat(contract.eventProblem(event, data)).as(event).isEmpty();
            }
        }
        var refused = call("GET", "/api/v1/stream?topics=readings", null);
        kept("GET /api/v1/stream", 400, refused);
    }

    @Test
    void aFieldThatIsNotDescribedIsAFault() {
        HttpResponse<String> answer = call("GET", "/api/v1/clusters", null);
        JsonArray clusters = new JsonArray(answer.body());
        clusters.getJsonObject(0).put("secret", "x");
        assertThat(contract.problem("GET /api/v1/clusters", 200, "application/json", clusters.encode()))
                .contains("secret");
        JsonArray readings = new JsonArray(
                call("GET", "/api/v1/clusters/main/readings", null).body());
        readings.getJsonObject(0).put("secret", "x");
        assertThat(contract.problem(
                        "GET /api/v1/clusters/{cluster}/readings", 200, "application/json", readings.encode()))
                .isNotEmpty();
        assertThat(contract.problem("GET /api/v1/clusters", 418, "application/json", "{}"))
                .contains("may not answer 418");
    }

    @Test
    void aCriticalAlertIsCaptured() {
        String path = "/api/v1/diagnostics?type=system_state&alert_id=" + critical;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !json(path).getJsonArray("diagnostics").isEmpty());
        JsonObject one = json(path).getJsonArray("diagnostics").getJsonObject(0);
        assertThat(one.getString("alert_id")).isEqualTo(critical);
        assertThat(one.getString("cluster")).isEqualTo("main");
        JsonObject document = one.getJsonObject("document");
        assertThat(document.getString("snapshot_type")).isEqualTo("alert_capture");
        assertThat(document.getJsonObject("state_data").fieldNames())
                .contains("total_memory", "used_memory", "process_count", "jvm", "lanes", "queues");
        assertThat(document.getJsonObject("state_data").getJsonObject("jvm").getLong("heap_used"))
                .isPositive();
    }

    @Test
    void chartsHaveTheReadingsAndTheLimitsThatTheyCrossed() {
        for (int i = 0; i < 3; i++) {
            send(new JsonObject()
                    .put("type", "resource_usage")
                    .put("cluster", "main")
                    .put("node", "full")
                    .put("resource_type", "memory")
                    .put("usage_percent", 91.5));
        }
        String path = "/api/v1/series?cluster=main&node=full&type=resource_usage";
        await().atMost(Duration.ofSeconds(45))
                .until(() -> !json(path).getJsonArray("series").isEmpty());
        JsonObject series = json(path).getJsonArray("series").getJsonObject(0);
        assertThat(series.getString("unit")).isEqualTo("%");
        assertThat(series.getJsonObject("key")).isEqualTo(new JsonObject().put("resource_type", "memory"));
        assertThat(series.getJsonArray("points").getJsonArray(0).getDouble(1)).isEqualTo(91.5);
        JsonObject limit = series.getJsonArray("limits").getJsonObject(0);
        assertThat(limit.getDouble("limit")).isEqualTo(85);
        assertThat(limit.getString("limit_type")).isEqualTo("max");
    }
}
