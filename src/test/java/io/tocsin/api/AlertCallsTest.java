package io.tocsin.api;

import static io.tocsin.api.ApiFixture.ID;
import static io.tocsin.api.ApiFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.AlertState;
import io.tocsin.model.Life;
import io.tocsin.model.RuleInfo;
import io.tocsin.model.Severity;
import io.tocsin.model.Tracking;
import io.tocsin.store.StoreException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertCallsTest {
    private final ApiFixture api = new ApiFixture();

    @BeforeEach
    void start() throws Exception {
        api.keep(ID, "n1", AlertState.FIRING, Severity.WARNING);
        api.keep("0123456789ac-1", "n2", AlertState.RESOLVED, Severity.CRITICAL);
        api.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void allAlertsAreListedWithEveryField() throws Exception {
        JsonObject page = api.get("/api/v1/alerts").bodyAsJsonObject();

        assertThat(page.fieldNames()).containsExactly("alerts", "next_cursor");
        assertThat(page.getValue("next_cursor")).isNull();
        JsonObject alert = page.getJsonArray("alerts").getJsonObject(0);
        assertThat(page.getJsonArray("alerts")).hasSize(2);
        assertThat(alert.getString("id")).isEqualTo(ID);
        assertThat(alert.fieldNames()).contains("resolved_at", "acknowledged_by", "ack_expires_at", "rules");
        assertThat(api.history.asked.limit()).isEqualTo(100);
        assertThat(api.history.asked.states()).isEmpty();
    }

    @Test
    void everyFilterReachesTheStore() throws Exception {
        JsonObject page = api.get("/api/v1/alerts?state=firing,pending&severity=warning&cluster=main&node=n1"
                        + "&alert_type=memory_usage&limit=7&cursor=abc")
                .bodyAsJsonObject();

        assertThat(page.getJsonArray("alerts")).hasSize(1);
        var asked = api.history.asked;
        assertThat(asked.states()).containsExactlyInAnyOrder(AlertState.FIRING, AlertState.PENDING);
        assertThat(asked.severities()).containsExactly(Severity.WARNING);
        assertThat(asked.cursor()).isEqualTo("abc");
        assertThat(asked.limit()).isEqualTo(7);
    }

    @Test
    void emptyFiltersAreTheSameAsNone() throws Exception {
        var response = api.get("/api/v1/alerts?state=&severity=&cluster=&node=&alert_type=&limit=&cursor=");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.bodyAsJsonObject().getJsonArray("alerts")).hasSize(2);
    }

    @Test
    void aFullPageSaysWhereTheNextBegins() throws Exception {
        assertThat(api.get("/api/v1/alerts?limit=1").bodyAsJsonObject().getString("next_cursor"))
                .isEqualTo("next");
    }

    @Test
    void wrongValuesAreRefusedAndTheAllowedNamed() throws Exception {
        assertRefused("state=firng", "state: found \"firng\"; did you mean firing? Allowed: pending, firing, ack");
        assertRefused("severity=fatal", "severity: found \"fatal\"; allowed: info, warning, critical");
        assertRefused("limit=0", "limit: found \"0\"; allowed is a whole number from 1 to 1000");
        assertRefused("limit=1001", "from 1 to 1000");
        assertRefused("limit=many", "from 1 to 1000");
        assertRefused("node=a&node=b", "node: given 2 times");
        assertRefused("node=" + "a".repeat(300), "node: 300 characters");
        assertRefused("stat=firing", "parameter \"stat\" is unknown; did you mean state?");
        assertRefused("cursor=broken", "cursor: found \"broken\"");
        assertRefused("node=%zz", "%");
    }

    private void assertRefused(String query, String why) throws Exception {
        var response = api.get("/api/v1/alerts?" + query);
        assertThat(response.statusCode()).as(query).isEqualTo(400);
        assertThat(error(response)).as(query).contains(why);
    }

    @Test
    void controlCharactersOfARequestComeBackEscaped() throws Exception {
        assertThat(error(api.get("/api/v1/alerts?state=a%1b%5b31m"))).contains("\"a\\u001b[31m\"");
    }

    @Test
    void oneAlertIsTheDocument() throws Exception {
        var response = api.get("/api/v1/alerts/" + ID);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.getHeader("content-type")).isEqualTo("application/json");
        assertThat(response.bodyAsJsonObject().getString("state")).isEqualTo("firing");
    }

    @Test
    void historyHasTransitionsAndNotifications() throws Exception {
        JsonObject history = api.get("/api/v1/alerts/" + ID + "/history").bodyAsJsonObject();

        assertThat(history.fieldNames()).containsExactly("transitions", "notifications");
        assertThat(history.getJsonArray("transitions").getJsonObject(0).getString("kind"))
                .isEqualTo("fired");
        assertThat(history.getJsonArray("notifications").getJsonObject(0).getString("receiver"))
                .isEqualTo("slack");
    }

    @Test
    void whyNamesRuleTextFactsAndAttempts() throws Exception {
        JsonObject why = api.get("/api/v1/alerts/" + ID + "/why").bodyAsJsonObject();

        assertThat(why.fieldNames())
                .containsExactly(
                        "alert_id", "alert", "rule_hash", "because", "suppressed_by", "transitions", "notifications");
        JsonObject because = why.getJsonArray("because").getJsonObject(0);
        assertThat(because.fieldNames())
                .containsExactly(
                        "rule",
                        "text",
                        "severity",
                        "message",
                        "hold_for",
                        "quiet_for",
                        "facts",
                        "omitted",
                        "rule_hash");
        assertThat(because.getJsonObject("rule"))
                .isEqualTo(new JsonObject()
                        .put("name", "memory is above 85 percent")
                        .put("file", "threshold/memory.drl")
                        .put("line", 12));
        assertThat(because.getString("text")).startsWith("rule \"memory\"");
        assertThat(because.getString("hold_for")).isEqualTo("30s");
        assertThat(because.getJsonArray("facts").encode()).contains("a fact");
        assertThat(why.getJsonObject("alert").getString("severity")).isEqualTo("warning");
        assertThat(why.getJsonArray("notifications").getJsonObject(0).getJsonArray("attempts"))
                .hasSize(1);
    }

    @Test
    void whyTellsWhatHoldsAnAlertBackAsStoredAndAsTheSessionKnows() throws Exception {
        api.answers(new JsonArray().add(new JsonObject().put("kind", "muted").put("text", "by hand")));
        Life life = api.history.lives.get(ID);
        Tracking tracking = new Tracking(
                1,
                List.of(new Tracking.Hold(ApiFixture.RULE.name(), Severity.WARNING, ApiFixture.NOW.minusSeconds(10))),
                null,
                Set.of("log"),
                Set.of("oncall"),
                Set.of("teams"));
        api.history.lives.put(ID, new Life(life.alert(), tracking, life.because()));
        JsonObject why = api.get("/api/v1/alerts/" + ID + "/why").bodyAsJsonObject();

        JsonArray suppressed = why.getJsonArray("suppressed_by");
        assertThat(suppressed.stream().map(one -> ((JsonObject) one).getString("kind")))
                .containsExactly("hold", "receiver", "address", "muted");
        assertThat(suppressed.getJsonObject(0).getString("text"))
                .isEqualTo("rule \"memory is above 85 percent\" has to hold for 30s before it counts:"
                        + " until 2026-03-01T12:00:20Z");
        assertThat(suppressed.getJsonObject(1).getString("text")).contains("teams", "not under receivers:");
        assertThat(suppressed.getJsonObject(2).getString("text")).contains("oncall");
        assertThat(api.questions)
                .containsExactly(new JsonObject()
                        .put("what", "suppressed")
                        .put("alert_id", ID)
                        .put("cluster", "main"));
    }

    @Test
    void whyTakesTheTextFromTheRuleSetThatTheReasonCameFrom() throws Exception {
        Life life = api.history.lives.get(ID);
        api.history.lives.put(
                ID,
                new Life(
                        life.alert(),
                        life.tracking(),
                        life.because().stream().map(one -> one.under("older")).toList()));
        api.history.rules.put(
                "older" + ApiFixture.RULE.name(), new RuleInfo(ApiFixture.RULE, "", "", "rule as it was"));
        JsonObject because = api.get("/api/v1/alerts/" + ID + "/why")
                .bodyAsJsonObject()
                .getJsonArray("because")
                .getJsonObject(0);

        assertThat(because.getString("text")).isEqualTo("rule as it was");
        assertThat(because.getString("rule_hash")).isEqualTo("older");
    }

    @Test
    void whyHasNoTextOfARuleThatIsNotKept() throws Exception {
        api.history.rules.clear();

        JsonObject because = api.get("/api/v1/alerts/" + ID + "/why")
                .bodyAsJsonObject()
                .getJsonArray("because")
                .getJsonObject(0);
        assertThat(because.containsKey("text")).isTrue();
        assertThat(because.getValue("text")).isNull();
    }

    @Test
    void anUnknownAlertIsNotFound() throws Exception {
        for (String call : new String[] {"", "/history", "/why"}) {
            var response = api.get("/api/v1/alerts/nope" + call);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(error(response)).contains("there is no alert \"nope\"");
        }
    }

    @Test
    void aStoreThatIsAwayIsTriedAgainLater() throws Exception {
        api.history.fault = new StoreException("disk full at /var/secret/place", null);
        var response = api.get("/api/v1/alerts");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("retry-after")).isEqualTo("1");
        assertThat(error(response)).contains("the store cannot be read").doesNotContain("secret");
    }

    @Test
    void whatGoesWrongInsideIsNotShown() throws Exception {
        api.history.fault = new IllegalStateException("at io.tocsin.store.Sqlite, password hunter2");
        var response = api.get("/api/v1/alerts");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response)).matches("internal error, see the log, id [0-9a-f]{8}");
    }

    @Test
    void theStoreIsReadOnThreadsOfTheApi() throws Exception {
        api.get("/api/v1/alerts");

        assertThat(api.history.thread).startsWith("tocsin-api");
    }
}
