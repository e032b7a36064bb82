package io.tocsin.api;

import static io.tocsin.api.ApiFixture.ID;
import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final String RESOLVE = "/api/v1/alerts/" + ID + "/resolve";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private HttpResponse<Buffer> resolve(String... headers) throws Exception {
        return api.call(
                HttpMethod.POST,
                RESOLVE,
                new JsonObject().put("resolved_by", "ann").toBuffer(),
                headers);
    }

    @Test
    void anotherSiteSendsNoCommands() throws Exception {
        api.lane(0, null);
        api.start();

        for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1", "x"}) {
            var response = resolve("Origin", origin);
            assertThat(response.statusCode()).as(origin).isEqualTo(403);
            assertThat(error(response)).contains("may not send commands");
        }
        assertThat(api.commands).isEmpty();
        assertThat(api.metrics
                        .counter("tocsin.http.refused", "reason", "origin")
                        .count())
                .isEqualTo(4);
    }

    @Test
    void theGuardStandsBeforeCallsOfOthersToo() throws Exception {
        api.router.post("/api/v1/telemetry").handler(ctx -> ctx.response().end());
        api.start();

        assertThat(api.call(HttpMethod.POST, "/api/v1/telemetry", Buffer.buffer("{}"), "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void ownPagesAndToolsSendCommands() throws Exception {
        api.lane(0, null);
        api.start();

        assertThat(resolve().statusCode()).isEqualTo(200);
        assertThat(resolve("Origin", "http://127.0.0.1:" + api.port).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNameThatWasPointedAtThisHostIsNotServed() throws Exception {
        api.start();

        for (String host : new String[] {"evil.example", "evil.example:8626", "127.0.0.1.evil.example"}) {
            assertThat(api.call(HttpMethod.GET, "/-/healthy", null, "Host", host)
                            .statusCode())
                    .as(host)
                    .isEqualTo(403);
        }
        for (String host : new String[] {"localhost", "LOCALHOST:8626", "127.0.0.1:80", "[::1]:8626"}) {
            assertThat(api.call(HttpMethod.GET, "/-/healthy", null, "Host", host)
                            .statusCode())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void everyAnswerTellsTheBrowserToBeCareful() throws Exception {
        api.start();

        for (String path : new String[] {"/", "/api/v1/alerts", "/api/v1/nope"}) {
            var response = api.get(path);
            assertThat(response.getHeader("x-content-type-options")).isEqualTo("nosniff");
            assertThat(response.getHeader("x-frame-options")).isEqualTo("DENY");
            assertThat(response.getHeader("referrer-policy")).isEqualTo("no-referrer");
            assertThat(response.getHeader("cache-control")).isEqualTo(path.equals("/") ? "no-cache" : "no-store");
            assertThat(response.getHeader("content-security-policy")).startsWith("default-src 'none'");
        }
    }

    @Test
    void anOpenAddressWithoutAccountsIsRefused() {
        assertThatThrownBy(() -> api.start(new HttpSettings("0.0.0.0", 0, false)))
                .hasMessageContaining("http.host: 0.0.0.0")
                .hasMessageContaining("http.allow_anonymous: true");
        assertThatThrownBy(() -> api.start(new HttpSettings("no.such.host.invalid", 0, false)))
                .hasMessageContaining("is unknown");
    }

    @Test
    void anOpenAddressIsServedUnderAnyNameIfThatIsWanted() throws Exception {
        api.start(new HttpSettings("0.0.0.0", 0, true));

        assertThat(api.call(HttpMethod.GET, "/-/healthy", null, "Host", "tocsin.example")
                        .statusCode())
                .isEqualTo(200);
    }
}
