package io.tocsin.api;

import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.api.access.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of calls and roles, walked over the router that is really served. */
class AccessTest {
    private static final Set<String> PUBLIC = Set.of(
            "GET /",
            "GET /assets/{version}/{file}",
            "GET /assets/{version}/lib/{file}",
            "GET /favicon.ico",
            "GET /-/healthy",
            "GET /-/ready",
            "POST /api/v1/session");

    @TempDir
    Path folder;

    private final ApiFixture api = new ApiFixture();
    private SomeAccounts accounts;

    @BeforeEach
    void prepare() throws Exception {
        accounts = new SomeAccounts(folder);
        api.router
                .post("/api/v1/telemetry")
                .handler(ctx -> ctx.response().setStatusCode(202).end());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    /** Every call that is served, as {@code GET /api/v1/alerts/{id}}. */
    private List<String> served() {
        Set<String> calls = new TreeSet<>();
        for (Route route : api.router.getRoutes()) {
            if (route.getPath() != null) {
                route.methods().forEach(method -> calls.add(method + " " + Elsewhere.shown(route)));
            }
        }
        return new ArrayList<>(calls);
    }

    private HttpResponse<Buffer> make(String call, String... headers) throws Exception {
        String[] words = call.split(" ");
        HttpMethod method = HttpMethod.valueOf(words[0]);
        Buffer body = method.equals(HttpMethod.POST) ? Buffer.buffer("{}") : null;
        return api.call(method, words[1].replaceAll("\\{\\w+}", "x"), body, headers);
    }

    /** The status of a call whose answer does not end; it is hung up on. */
    private int begin(String call, String... headers) throws Exception {
        String[] words = call.split(" ");
        var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port + words[1]))
                .method(words[0], java.net.http.HttpRequest.BodyPublishers.noBody())
                .headers(headers)
                .timeout(Duration.ofSeconds(10))
                .build();
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static String[] token(String name) {
        return new String[] {"Authorization", "Bearer " + SomeAccounts.token(name)};
    }

    @Test
    void nobodyWithoutCredentialsGetsIn() throws Exception {
        api.start(accounts.http());
        int closed = 0;
        for (String call : served()) {
            int status = make(call).statusCode();
            if (PUBLIC.contains(call.replace("HEAD", "GET"))) {
                assertThat(status).as(call).isNotIn(401, 403);
            } else {
                assertThat(status).as(call).isEqualTo(401);
                closed++;
            }
        }
        assertThat(closed).isGreaterThan(20);
    }

    @Test
    void onlyTheseAreOpen() {
        assertThat(Access.table().entrySet().stream()
                        .filter(one -> one.getValue().open())
                        .map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(PUBLIC);
    }

    @Test
    void everyRoleMayMakeItsCallsAndNoOthers() throws Exception {
        api.start(accounts.http());
        for (String call : served()) {
            Access.Need need = Access.of(HttpMethod.valueOf(call.split(" ")[0]), call.split(" ")[1]);
            for (Role role : Role.values()) {
                int status = need.lasting()
                        ? begin(call, token(role.wire()))
                        : make(call, token(role.wire())).statusCode();
                assertThat(status == 403).as("%s as %s: %s", call, role, status).isEqualTo(!mayAsWritten(role, call));
                assertThat(need.allows(role)).as("%s as %s", call, role).isEqualTo(mayAsWritten(role, call));
            }
        }
    }

    /** Said once more in other words than those of the table. */
    private static boolean mayAsWritten(Role role, String call) {
        if (PUBLIC.contains(call.replace("HEAD", "GET")) || call.endsWith("/api/v1/session")) {
            return true;
        }
        return switch (role) {
            case ADMIN -> true;
            case INGEST -> call.equals("POST /api/v1/telemetry");
            case VIEWER -> !call.startsWith("POST") && !call.endsWith("/audit");
            case RESPONDER -> !call.endsWith("/audit") && !call.equals("POST /-/reload") && !call.endsWith("telemetry");
        };
    }

    @Test
    void aCallOfWhichTheTableSaysNothingFailsTheStart() {
        api.router.get("/api/v1/forgotten").handler(ctx -> ctx.response().end());

        assertThatThrownBy(() -> api.start()).hasMessageContaining("Access does not say who may GET /api/v1/forgotten");
    }

    @Test
    void aCallForEveryMethodFailsTheStart() {
        api.router.route("/metrics").handler(ctx -> ctx.response().end());

        assertThatThrownBy(() -> api.start()).hasMessageContaining("/metrics is served for every method");
    }

    @Test
    void whatIsNotServedTellsStrangersNothing() throws Exception {
        api.start(accounts.http());

        assertThat(make("GET /api/v1/nothing").statusCode()).isEqualTo(401);
        assertThat(make("DELETE /api/v1/alerts/x").statusCode()).isEqualTo(401);
        assertThat(make("GET /api/v1/nothing", token("viewer")).statusCode()).isEqualTo(404);
        assertThat(make("PUT /metrics", token("viewer")).statusCode()).isEqualTo(405);
    }

    @Test
    void noSpellingOfAPathGetsRoundIt() throws Exception {
        api.start(accounts.http());

        for (String path : List.of(
                "//api/v1/alerts",
                "/api//v1/alerts",
                "/api/v1/alerts/",
                "/api/v1/./alerts",
                "/-/../api/v1/alerts",
                "/api/v1/%61lerts",
                "/assets/../metrics",
                "/assets/..%2fmetrics",
                "/metrics/",
                "/METRICS")) {
            assertThat(make("GET " + path).statusCode()).as(path).isIn(400, 401, 404);
        }
    }

    @Test
    void whoIsNotKnownIsToldWhy() throws Exception {
        accounts.addToken(SomeAccounts.tokenLine("old", "viewer") + " expires=2026-02-28T00:00:00Z");
        api.start(accounts.http());

        var nothing = make("GET /metrics");
        assertThat(nothing.getHeader("www-authenticate")).isEqualTo("Bearer realm=\"tocsin\"");
        assertThat(error(nothing)).contains("say who you are");
        assertThat(error(make("GET /metrics", "Authorization", "Basic YTpi"))).contains("expected Bearer");
        assertThat(error(make("GET /metrics", "Authorization", "Bearer " + SomeAccounts.token("nobody"))))
                .contains("not known here");
        assertThat(error(make("GET /metrics", "Authorization", "Bearer tocsin_viewer.x")))
                .contains("not known here");
        assertThat(error(make("GET /metrics", "Authorization", "Bearer " + "x".repeat(5000))))
                .contains("not known here");
        assertThat(error(make("GET /metrics", token("old")))).contains("ended at 2026-02-28T00:00:00Z");
        assertThat(error(make("POST /-/reload", token("viewer"))))
                .isEqualTo("POST /-/reload needs the role admin; viewer has viewer");
    }

    @Test
    void aTokenThatIsRevokedStopsAtOnceAndANewOneCounts() throws Exception {
        api.start(accounts.http());
        String before = Files.readString(accounts.tokens);
        Files.writeString(
                accounts.tokens,
                before.replaceAll("(?m)^viewer .*\n", "") + SomeAccounts.tokenLine("grafana", "viewer") + "\n");

        org.awaitility.Awaitility.await()
                .until(() -> make("GET /metrics", token("viewer")).statusCode() == 401);
        assertThat(make("GET /metrics", token("grafana")).statusCode()).isEqualTo(200);
    }

    @Test
    void aFileThatIsWrongOrGoneChangesNothing() throws Exception {
        api.start(accounts.http());
        Files.writeString(accounts.tokens, "viewer vewer sha256:00\n");
        org.awaitility.Awaitility.await()
                .until(() ->
                        api.metrics.counter("tocsin_accounts_refused_total").count() == 1);
        assertThat(make("GET /metrics", token("viewer")).statusCode()).isEqualTo(200);

        Files.delete(accounts.tokens);
        org.awaitility.Awaitility.await()
                .until(() ->
                        api.metrics.counter("tocsin_accounts_refused_total").count() == 2);
        assertThat(make("GET /metrics", token("viewer")).statusCode()).isEqualTo(200);
    }

    @Test
    void accountsThatCannotBeReadFailTheStart() throws Exception {
        Files.writeString(accounts.users, "\nann respnder " + SomeAccounts.HASH + "\n");
        assertThatThrownBy(() -> api.start(accounts.http()))
                .hasMessageContaining("users:2: \"respnder\" is no role; allowed: ingest, viewer, responder, admin");
    }

    @Test
    void accountsWithNobodyInThemFailTheStart() throws Exception {
        Files.writeString(accounts.users, "# nobody\n");
        Files.delete(accounts.tokens);
        assertThatThrownBy(() -> api.start(accounts.http()))
                .hasMessageContaining("accounts.users_file: there is nobody in")
                .hasMessageContaining("./tocsin user add NAME --role admin");
    }

    @Test
    void withAccountsAnyAddressMayBeBound() throws Exception {
        api.start(new HttpSettings("0.0.0.0", 0, false, 0, null, accounts.settings()));

        assertThat(make("GET /metrics").statusCode()).isEqualTo(401);
        assertThat(make("GET /metrics", token("viewer")).statusCode()).isEqualTo(200);
    }

    @Test
    void whoAcknowledgesIsWhoTheTokenNames() throws Exception {
        api.lane(0, null);
        api.start(accounts.http());
        api.call(
                HttpMethod.POST,
                "/api/v1/alerts/" + ApiFixture.ID + "/ack",
                new JsonObject().put("acknowledged_by", "somebody else").toBuffer(),
                token("responder"));
        api.call(
                HttpMethod.POST,
                "/api/v1/alerts/" + ApiFixture.ID + "/resolve",
                new JsonObject().toBuffer(),
                token("responder"));

        assertThat(api.commands)
                .extracting(one -> one.getString("acknowledged_by"))
                .contains("responder");
        assertThat(api.commands).extracting(one -> one.getString("resolved_by")).contains("responder");
    }

    @Test
    void moreThanTheLimitOfTelemetryIsRefusedForThatClientOnly() throws Exception {
        api.start(new HttpSettings("127.0.0.1", 0, false, 2, null, accounts.settings()));
        for (int i = 0; i < 4; i++) {
            assertThat(make("POST /api/v1/telemetry", token("ingest")).statusCode())
                    .isEqualTo(202);
        }
        var refused = make("POST /api/v1/telemetry", token("ingest"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("retry-after")).isEqualTo("1");
        assertThat(error(refused)).contains("http.intake_limit");
        assertThat(make("POST /api/v1/telemetry", token("admin")).statusCode()).isEqualTo(202);

        api.now = api.now.plusSeconds(1);
        assertThat(make("POST /api/v1/telemetry", token("ingest")).statusCode()).isEqualTo(202);
    }
}
