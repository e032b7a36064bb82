package io.tocsin.api;

import static io.tocsin.api.ApiFixture.ID;
import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.bus.Address;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done is written down: once, with who and which request, and nothing that is nobody's business. */
class AuditCallsTest {
    private static final String ACK = "/api/v1/alerts/" + ID + "/ack";

    @TempDir
    Path folder;

    private final ApiFixture api = new ApiFixture();
    private SomeAccounts accounts;

    @BeforeEach
    void prepare() throws Exception {
        accounts = new SomeAccounts(folder);
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private HttpResponse<Buffer> as(String name, HttpMethod method, String path, JsonObject body) throws Exception {
        return api.call(
                method,
                path,
                body == null ? null : body.toBuffer(),
                "Authorization",
                "Bearer " + SomeAccounts.token(name));
    }

    private List<JsonObject> entries(String query) throws Exception {
        List<JsonObject> entries = new ArrayList<>();
        as("admin", HttpMethod.GET, "/api/v1/audit?" + query, null)
                .bodyAsJsonObject()
                .getJsonArray("entries")
                .forEach(one -> entries.add((JsonObject) one));
        return entries;
    }

    private JsonObject only(String query) throws Exception {
        await().until(() -> !entries(query).isEmpty());
        assertThat(entries(query)).hasSize(1);
        return entries(query).get(0);
    }

    @Test
    void anAckIsWrittenDownOnceWithWhoAndWhichRequest() throws Exception {
        api.lane(0, null);
        api.start(accounts.http());
        var answer = as("responder", HttpMethod.POST, ACK, new JsonObject().put("acknowledged_by", "bob\u001b[31m"));

        JsonObject entry = only("action=ack");
        assertThat(entry.getString("id")).hasSize(28);
        entry.remove("id");
        assertThat(entry)
                .isEqualTo(new JsonObject()
                        .put("at", "2026-03-01T12:00:00Z")
                        .put("actor", "responder")
                        .put("verified", true)
                        .put("action", "ack")
                        .put("target", ID)
                        .put("outcome", "ok")
                        .put("detail", "acknowledged_by said bob\\u001b[31m")
                        .put("client", "127.0.0.1")
                        .put("request_id", answer.getHeader("x-request-id"))
                        .put("member", "m1"));
    }

    @Test
    void whatIsRefusedIsWrittenDownAsRefused() throws Exception {
        api.lane(409, "it is over");
        api.start(accounts.http());
        as("responder", HttpMethod.POST, ACK, new JsonObject());

        assertThat(only("action=ack").getString("outcome")).isEqualTo("refused");
    }

    @Test
    void whereThereAreNoAccountsTheNameIsWhatTheySay() throws Exception {
        api.lane(0, null);
        api.start();
        api.post(ACK, new JsonObject().put("acknowledged_by", "ann"));

        JsonObject entry = only("action=ack");
        assertThat(entry.getString("actor")).isEqualTo("ann");
        assertThat(entry.getBoolean("verified")).isFalse();
    }

    @Test
    void aReloadIsWrittenDownWithItsHash() throws Exception {
        api.vertx
                .eventBus()
                .<JsonObject>localConsumer(
                        Address.RELOAD,
                        message -> message.reply(new JsonObject()
                                .put("status", 200)
                                .put(
                                        "body",
                                        new JsonObject().put("result", "taken").put("rule_hash", "ccf6d8dc9fa4"))));
        api.start(accounts.http());
        as("admin", HttpMethod.POST, "/-/reload", new JsonObject());

        JsonObject entry = only("action=reload");
        assertThat(entry.getString("actor")).isEqualTo("admin");
        assertThat(entry.getString("detail")).isEqualTo("taken, hash ccf6d8dc9fa4");
    }

    @Test
    void whatHasNoPersonBehindItIsWrittenDownAsSuch() throws Exception {
        api.start(accounts.http());
        api.vertx
                .eventBus()
                .publish(
                        Address.AUDIT,
                        new JsonObject()
                                .put("actor", "ann")
                                .put("action", "ack")
                                .put("target", ID)
                                .put("outcome", "ok")
                                .put("client", "bus"));

        JsonObject entry = only("action=ack");
        assertThat(entry.getBoolean("verified")).isFalse();
        assertThat(entry.getString("client")).isEqualTo("bus");
    }

    @Test
    void theSameDenialAgainAndAgainIsWrittenDownOnceAMinute() throws Exception {
        api.start(accounts.http());
        for (int i = 0; i < 5; i++) {
            as("viewer", HttpMethod.POST, ACK, new JsonObject());
        }
        as("viewer", HttpMethod.POST, "/-/reload", new JsonObject());

        await().until(() -> entries("action=denied").size() == 2);
        assertThat(entries("action=denied"))
                .extracting(one -> one.getString("target"), one -> one.getString("detail"))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("POST /api/v1/alerts/{id}/ack", "needs the role responder"),
                        org.assertj.core.groups.Tuple.tuple("POST /-/reload", "needs the role admin"));
        api.now = api.now.plusSeconds(60);
        as("viewer", HttpMethod.POST, ACK, new JsonObject());
        await().until(() -> entries("action=denied").size() == 3);
    }

    @Test
    void aPasswordTypedAsANameIsWrittenDownNowhere() throws Exception {
        api.start(accounts.http());
        api.post("/api/v1/session", new JsonObject().put("user", "SECRETMARK2").put("password", "x"));
        api.post("/api/v1/session", new JsonObject().put("user", "viewer").put("password", "x"));

        await().until(() -> entries("action=login").size() == 2);
        assertThat(entries("action=login").toString()).doesNotContain("SECRETMARK");
        assertThat(entries("actor=viewer")).hasSize(1);
    }

    @Test
    void thePagesFollowOneAnother() throws Exception {
        api.lane(0, null);
        api.start(accounts.http());
        for (int i = 0; i < 7; i++) {
            as("responder", HttpMethod.POST, ACK, new JsonObject());
        }
        await().until(() -> entries("action=ack").size() == 7);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = as("admin", HttpMethod.GET, "/api/v1/audit?action=ack&limit=3&cursor=" + cursor, null)
                    .bodyAsJsonObject();
            page.getJsonArray("entries").forEach(one -> seen.add(((JsonObject) one).getString("id")));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        assertThat(error(as("admin", HttpMethod.GET, "/api/v1/audit?cursor=%25", null)))
                .contains("cursor:");
        assertThat(error(as("admin", HttpMethod.GET, "/api/v1/audit?who=ann", null)))
                .contains("\"who\" is unknown");
    }
}
