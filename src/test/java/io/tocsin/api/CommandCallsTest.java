package io.tocsin.api;

import static io.tocsin.api.ApiFixture.ID;
import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandCallsTest {
    private static final String ACK = "/api/v1/alerts/" + ID + "/ack";
    private static final String RESOLVE = "/api/v1/alerts/" + ID + "/resolve";

    private final ApiFixture api = new ApiFixture();

    @BeforeEach
    void start() throws Exception {
        api.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private static JsonObject ack() {
        return new JsonObject().put("acknowledged_by", "ann").put("ack_message", "on it");
    }

    @Test
    void acknowledgingGoesToTheOwnerAndGivesTheAlert() throws Exception {
        api.lane(0, null);
        var response = api.post(ACK, ack().put("ack_for", "2h").put("unknown", 1));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject().getString("id")).isEqualTo(ID);
        assertThat(api.commands)
                .containsExactly(new JsonObject()
                        .put("alert_id", ID)
                        .put("acknowledged_by", "ann")
                        .put("ack_message", "on it")
                        .put("ack_for", "2h"));
    }

    @Test
    void aMessageAndATimeMayBeLeftOut() throws Exception {
        api.lane(0, null);
        api.post(ACK, new JsonObject().put("acknowledged_by", "ann").putNull("ack_for"));

        assertThat(api.commands)
                .containsExactly(new JsonObject()
                        .put("alert_id", ID)
                        .put("acknowledged_by", "ann")
                        .put("ack_message", ""));
    }

    @Test
    void resolvingGoesToTheOwnerAndGivesTheAlert() throws Exception {
        api.lane(0, null);
        var response = api.post(RESOLVE, new JsonObject().put("resolved_by", "ann"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(api.commands)
                .containsExactly(new JsonObject().put("alert_id", ID).put("resolved_by", "ann"));
    }

    @Test
    void controlCharactersAreEscapedBeforeAnybodySeesThem() throws Exception {
        api.lane(0, null);
        api.post(ACK, ack().put("ack_message", "a\u001b[31mb\nc"));

        assertThat(api.commands.peek().getString("ack_message")).isEqualTo("a\\u001b[31mb\\nc");
    }

    @Test
    void wrongBodiesAreRefusedAndTheAllowedNamed() throws Exception {
        api.lane(0, null);
        assertRefused("", "body: is no JSON object; send {\"acknowledged_by\"");
        assertRefused("[1]", "body: is no JSON object");
        assertRefused("null", "body: is no JSON object");
        assertRefused("{\"acknowledged_by\":", "body: is not valid JSON");
        assertRefused("[".repeat(60_000), "body: is not valid JSON");
        assertRefused("{}", "acknowledged_by: is missing; 1 to 256 characters");
        assertRefused("{\"acknowledged_by\": \" \"}", "acknowledged_by: is blank");
        assertRefused("{\"acknowledged_by\": 5}", "acknowledged_by: found \"5\"; allowed is text");
        assertRefused(
                ack().put("acknowledged_by", "x".repeat(257)).encode(), "257 characters; allowed are at most 256");
        assertRefused(ack().put("ack_message", "x".repeat(4097)).encode(), "4097 characters; allowed are at most 4096");
        assertRefused(ack().put("ack_for", "2 parsecs").encode(), "ack_for: \"2 parsecs\" is no duration");
        assertRefused(ack().put("ack_for", "0s").encode(), "ack_for: found \"0s\"; allowed is a duration above 0s");
        assertRefused(ack().put("ack_for", "-1h").encode(), "ack_for: \"-1h\" is no duration");
        assertThat(api.commands).isEmpty();
    }

    private void assertRefused(String body, String why) throws Exception {
        var response = api.call(HttpMethod.POST, ACK, Buffer.buffer(body));
        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(error(response)).contains(why);
    }

    @Test
    void aLargeBodyIsRefused() throws Exception {
        var response = api.call(HttpMethod.POST, RESOLVE, Buffer.buffer("x".repeat(64 * 1024 + 1)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).isEqualTo("body: is too large; allowed are 65536 bytes");
    }

    @Test
    void theOwnersRefusalComesBackAsItIs() throws Exception {
        for (int code : new int[] {Failure.INVALID, Failure.NOT_FOUND, Failure.CONFLICT, Failure.BUSY}) {
            try (ApiFixture other = new ApiFixture().start()) {
                other.lane(code, "a fresh reading supports it\u0007");
                var response = other.post(RESOLVE, new JsonObject().put("resolved_by", "ann"));
                assertThat(response.statusCode()).isEqualTo(code);
                assertThat(error(response)).isEqualTo("a fresh reading supports it\\u0007");
            }
        }
    }

    @Test
    void anUnexpectedRefusalIsNotShown() throws Exception {
        api.lane(7, "java.lang.NullPointerException at io.tocsin");
        var response = api.post(RESOLVE, new JsonObject().put("resolved_by", "ann"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response)).startsWith("internal error, see the log");
    }

    @Test
    void whileNobodyEvaluatesACommandIsToBeTriedAgain() throws Exception {
        var response = api.post(ACK, ack());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("retry-after")).isEqualTo("1");
        assertThat(error(response)).contains("nobody answers this yet");
    }
}
