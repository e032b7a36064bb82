package io.tocsin.api;

import static io.tocsin.api.ApiFixture.ID;
import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.api.access.AccountsSettings;
import io.tocsin.model.Secret;
import io.tocsin.store.AuditLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, what a log-in is good for, and its end. */
class SessionCallsTest {
    private static final String SESSION = "/api/v1/session";
    private static final String ACK = "/api/v1/alerts/" + ID + "/ack";

    @TempDir
    Path folder;

    private final ApiFixture api = new ApiFixture();
    private SomeAccounts accounts;

    @BeforeEach
    void start() throws Exception {
        accounts = new SomeAccounts(folder);
        api.lane(0, null);
        api.start(accounts.http());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private HttpResponse<Buffer> login(String user, String password) throws Exception {
        return api.post(SESSION, new JsonObject().put("user", user).put("password", password));
    }

    /** The cookie of a new session, as a browser sends it back. */
    private static String cookie(HttpResponse<Buffer> answer) {
        return answer.getHeader("set-cookie").split(";")[0];
    }

    private static String csrf(HttpResponse<Buffer> answer) {
        return answer.bodyAsJsonObject().getString("csrf");
    }

    private int ack(String... headers) throws Exception {
        return api.call(HttpMethod.POST, ACK, new JsonObject().toBuffer(), headers)
                .statusCode();
    }

    @Test
    void theCookieIsNobodyElsesBusiness() throws Exception {
        var answer = login("responder", SomeAccounts.PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("set-cookie"))
                .startsWith("tocsin_session=")
                .contains("HTTPOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
                .doesNotContain("Domain", "SECRETMARK");
        assertThat(answer.bodyAsJsonObject())
                .isEqualTo(new JsonObject()
                        .put("user", "responder")
                        .put("role", "responder")
                        .put("accounts", true)
                        .put("csrf", csrf(answer))
                        .put("expires_at", "2026-03-02T00:00:00Z"));
    }

    @Test
    void whoIsLoggedInIsWhoAcknowledges() throws Exception {
        var answer = login("responder", SomeAccounts.PASSWORD);
        assertThat(ack("Cookie", cookie(answer), "X-CSRF-Token", csrf(answer))).isEqualTo(200);

        assertThat(api.commands.peek().getString("acknowledged_by")).isEqualTo("responder");
        var again = api.call(HttpMethod.GET, SESSION, null, "Cookie", cookie(answer));
        assertThat(again.bodyAsJsonObject()).isEqualTo(answer.bodyAsJsonObject());
    }

    @Test
    void aCommandWithTheCookieAloneIsForged() throws Exception {
        var answer = login("responder", SomeAccounts.PASSWORD);
        var other = login("responder", SomeAccounts.PASSWORD);

        assertThat(ack("Cookie", cookie(answer))).isEqualTo(403);
        assertThat(ack("Cookie", cookie(answer), "X-CSRF-Token", "")).isEqualTo(403);
        assertThat(ack("Cookie", cookie(answer), "X-CSRF-Token", csrf(other))).isEqualTo(403);
        assertThat(ack("Cookie", cookie(answer), "X-CSRF-Token", csrf(answer), "Origin", "http://evil.example"))
                .isEqualTo(403);
        assertThat(api.call(HttpMethod.DELETE, SESSION, null, "Cookie", cookie(answer))
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.commands).isEmpty();
    }

    @Test
    void aCookieThatSomebodyMadeUpCountsForNothing() throws Exception {
        String[] parts = cookie(login("viewer", SomeAccounts.PASSWORD)).split("[=.]", 3);
        String payload = new String(java.util.Base64.getUrlDecoder().decode(parts[1]));
        String admin = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("viewer", "admin").getBytes());

        for (String cookie : List.of(
                admin + "." + parts[2],
                parts[1] + "." + parts[2] + "x",
                parts[1] + ".",
                parts[1],
                ".",
                "%%%." + parts[2],
                "x".repeat(3000))) {
            var answer = api.call(HttpMethod.GET, SESSION, null, "Cookie", "tocsin_session=" + cookie);
            assertThat(answer.statusCode()).as(cookie).isEqualTo(401);
            assertThat(error(answer)).isEqualTo("this session is not valid here; log in");
        }
    }

    @Test
    void aSessionEndsByItself() throws Exception {
        String cookie = cookie(login("viewer", SomeAccounts.PASSWORD));
        api.now = api.now.plus(Duration.ofHours(12)).minusSeconds(1);
        assertThat(api.call(HttpMethod.GET, SESSION, null, "Cookie", cookie).statusCode())
                .isEqualTo(200);

        api.now = api.now.plusSeconds(1);
        var over = api.call(HttpMethod.GET, SESSION, null, "Cookie", cookie);
        assertThat(over.statusCode()).isEqualTo(401);
        assertThat(error(over)).isEqualTo("this session is over; log in again");
    }

    @Test
    void whoLogsOutIsOutWhateverTheBrowserKeeps() throws Exception {
        var answer = login("viewer", SomeAccounts.PASSWORD);
        var out = api.call(HttpMethod.DELETE, SESSION, null, "Cookie", cookie(answer), "X-CSRF-Token", csrf(answer));

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.getHeader("set-cookie")).startsWith("tocsin_session=;").contains("Max-Age=0");
        var after = api.call(HttpMethod.GET, SESSION, null, "Cookie", cookie(answer));
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(error(after)).isEqualTo("this session was ended; log in again");
    }

    @Test
    void aSessionHoldsInEveryMemberWithTheSameKeyAndItsEndToo() throws Exception {
        var answer = login("viewer", SomeAccounts.PASSWORD);
        var gone = login("viewer", SomeAccounts.PASSWORD);
        api.call(HttpMethod.DELETE, SESSION, null, "Cookie", cookie(gone), "X-CSRF-Token", csrf(gone));
        await().until(() -> written("logout").size() == 1);

        ApiFixture other = new ApiFixture();
        try (other) {
            AuditLog.Entry logout = written("logout").get(0);
            other.audit.append(logout);
            other.start(accounts.http());
            assertThat(other.call(HttpMethod.GET, SESSION, null, "Cookie", cookie(answer))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(other.call(HttpMethod.GET, SESSION, null, "Cookie", cookie(gone))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withAnotherKeyOneHasToLogInAgain() throws Exception {
        String cookie = cookie(login("viewer", SomeAccounts.PASSWORD));
        AccountsSettings same = accounts.settings();
        try (ApiFixture other = new ApiFixture()) {
            other.start(new HttpSettings(
                    "127.0.0.1",
                    0,
                    false,
                    0,
                    null,
                    new AccountsSettings(
                            same.users(), same.tokens(), Secret.of("another".repeat(5)), null, same.session())));
            assertThat(other.call(HttpMethod.GET, SESSION, null, "Cookie", cookie)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aNewPasswordEndsTheSessionsOfTheOldOne() throws Exception {
        String cookie = cookie(login("viewer", SomeAccounts.PASSWORD));
        String another = at.favre.lib.crypto.bcrypt.BCrypt.withDefaults().hashToString(4, "another one".toCharArray());
        Files.writeString(accounts.users, "viewer viewer " + another + "\n");

        await().until(() ->
                api.call(HttpMethod.GET, SESSION, null, "Cookie", cookie).statusCode() == 401);
        assertThat(login("viewer", "another one").statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(written("account"))
                .extracting(AuditLog.Entry::target, AuditLog.Entry::detail)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("user viewer", "new password"),
                        org.assertj.core.groups.Tuple.tuple("user admin", "removed")));
    }

    @Test
    void wrongPasswordsAndUnknownNamesLookTheSame() throws Exception {
        var wrong = login("viewer", "wrong");
        var unknown = login("nobody", "wrong");
        var cut = login("viewer", SomeAccounts.PASSWORD + "x".repeat(80));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(cut.statusCode()).isEqualTo(401);
        assertThat(error(wrong)).isEqualTo(error(unknown)).isEqualTo("user or password is wrong");
    }

    @Test
    void aHundredWrongPasswordsAreTooMany() throws Exception {
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            var answer = login(i % 2 == 0 ? "viewer" : "nobody" + i, "wrong");
            if (answer.statusCode() == 429) {
                refused++;
                assertThat(answer.getHeader("retry-after")).isEqualTo("30");
                assertThat(error(answer)).isEqualTo("too many wrong log-ins; try again in 30 s");
            } else {
                assertThat(answer.statusCode()).isEqualTo(401);
            }
        }
        assertThat(refused).isEqualTo(90);
        assertThat(login("viewer", SomeAccounts.PASSWORD).statusCode()).isEqualTo(429);
        await().untilAsserted(() -> assertThat(written("login")).hasSize(12));

        api.now = api.now.plusSeconds(30);
        assertThat(login("viewer", SomeAccounts.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void rightPasswordsAreNeverTooMany() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(login("viewer", SomeAccounts.PASSWORD).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void wrongBodiesAreNamedWithoutThePassword() throws Exception {
        for (String body : List.of(
                "{\"user\": \"ann\", \"password\": 17}",
                "{\"user\": \"ann\"}",
                "{\"user\": 5, \"password\": \"SECRETMARK\"}",
                "{\"password\": \"SECRETMARK\"}",
                "{\"user\": \"ann\", \"password\": \"" + "SECRETMARK".repeat(200) + "\"}",
                "{\"user\": \"ann\", \"password\": \"SECRETMARK",
                "[]")) {
            var answer = api.call(HttpMethod.POST, SESSION, Buffer.buffer(body));
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.bodyAsString()).doesNotContain("SECRETMARK");
        }
    }

    private List<AuditLog.Entry> written(String action) {
        return api.audit
                .entries(new AuditLog.Wanted(null, action, null, null, 1000))
                .entries();
    }
}
