package io.tocsin.api;

import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Address;
import io.tocsin.bus.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateCallsTest {
    private final ApiFixture api = new ApiFixture();

    @BeforeEach
    void start() throws Exception {
        api.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void clustersAreWhatTheSessionsSay() throws Exception {
        JsonArray clusters =
                new JsonArray().add(new JsonObject().put("cluster", "main").put("epoch", 3));
        api.answers(clusters);

        assertThat(api.get("/api/v1/clusters").bodyAsJsonArray()).isEqualTo(clusters);
        assertThat(api.questions).containsExactly(new JsonObject().put("what", "clusters"));
    }

    @Test
    void healthAndReadingsAreAskedForByCluster() throws Exception {
        api.answers(new JsonObject().put("status", "healthy"));

        assertThat(api.get("/api/v1/clusters/a%2Fb%20c/health").bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("status", "healthy"));
        api.get("/api/v1/clusters/main/readings");
        assertThat(api.questions)
                .containsExactly(
                        new JsonObject().put("what", "health").put("cluster", "a/b c"),
                        new JsonObject().put("what", "readings").put("cluster", "main"));
    }

    @Test
    void rulesAreWhatTheSessionsSay() throws Exception {
        api.answers(new JsonObject().put("rule_hash", "abc"));

        assertThat(api.get("/api/v1/rules").bodyAsJsonObject().getString("rule_hash"))
                .isEqualTo("abc");
        assertThat(api.questions).containsExactly(new JsonObject().put("what", "rules"));
    }

    @Test
    void whyNotAsksTheSessionWhateverTheRuleIsCalled() throws Exception {
        api.answers(new JsonObject().put("holds", false));

        assertThat(api.get("/api/v1/rules/50%25%20of%20%22a%2Fb%22/why-not?node=n%201&cluster=c")
                        .bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("holds", false));
        assertThat(api.questions)
                .containsExactly(new JsonObject()
                        .put("what", "why-not")
                        .put("rule", "50% of \"a/b\"")
                        .put("node", "n 1")
                        .put("cluster", "c"));
        assertThat(error(api.get("/api/v1/rules/x/why-not?nod=1"))).contains("did you mean node?");
        assertThat(api.get("/api/v1/rules/" + "x".repeat(300) + "/why-not").statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUnknownClusterIsNotFound() throws Exception {
        api.vertx
                .eventBus()
                .localConsumer(Address.QUERY, message -> message.fail(Failure.NOT_FOUND, "there is no cluster x"));
        var response = api.get("/api/v1/clusters/x/health");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response)).isEqualTo("there is no cluster x");
        assertThat(api.get("/api/v1/clusters/" + "x".repeat(300) + "/health").statusCode())
                .isEqualTo(404);
    }

    @Test
    void beforeASessionAnswersItIsToBeTriedAgain() throws Exception {
        assertThat(api.get("/api/v1/clusters").statusCode()).isEqualTo(503);
    }

    @Test
    void aQuestionTakesNoParameters() throws Exception {
        var response = api.get("/api/v1/clusters?x=1");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("parameter \"x\" is unknown; this call takes none");
    }

    @Test
    void statsAreOfTheLastDayOrAsLongAsAsked() throws Exception {
        JsonObject stats = api.get("/api/v1/stats").bodyAsJsonObject();

        assertThat(api.history.since).isEqualTo(ApiFixture.NOW.minus(Duration.ofHours(24)));
        assertThat(stats.getString("since")).isEqualTo("2026-02-28T12:00:00Z");
        assertThat(stats.getDouble("mtta_seconds")).isEqualTo(12.5);
        assertThat(stats.containsKey("mttr_seconds")).isTrue();
        assertThat(stats.getJsonObject("by_rule").getMap())
                .isEqualTo(Map.of("memory is above 85 percent", 2, "memory is at 95 percent or more", 1));
        assertThat(stats.getJsonObject("by_receiver").getJsonObject("slack").getLong("sent"))
                .isEqualTo(3);

        api.get("/api/v1/stats?since=1h30m");
        assertThat(api.history.since).isEqualTo(ApiFixture.NOW.minus(Duration.ofMinutes(90)));
    }

    @Test
    void aWindowThatIsNoDurationIsRefused() throws Exception {
        for (String since : new String[] {"yesterday", "0s", "-1h", "99999999999999999d"}) {
            var response = api.get("/api/v1/stats?since=" + since);
            assertThat(response.statusCode()).as(since).isEqualTo(400);
            assertThat(error(response)).startsWith("since: ");
        }
    }
}
