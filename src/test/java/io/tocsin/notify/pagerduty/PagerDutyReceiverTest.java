package io.tocsin.notify.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakePagerDuty.State;
import io.tocsin.fake.Fault;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Secret;
import io.tocsin.model.Severity;
import io.tocsin.notify.LastLook;
import io.tocsin.notify.Outcome;
import io.tocsin.notify.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PagerDutyReceiverTest {
    private static final String KEY = "SECRETMARK0123456789abcdefabcdef";

    private FakePagerDuty pagerDuty;
    private PagerDutyReceiver receiver;

    @BeforeEach
    void setUp(Vertx vertx) {
        pagerDuty = FakePagerDuty.start(vertx);
        receiver = new PagerDutyReceiver(
                vertx,
                new PagerDutySettings("pagerduty", Secret.of(KEY), pagerDuty.url(), "http://127.0.0.1:8626/"),
                () -> Samples.T0,
                LastLook.NOBODY_ELSE);
    }

    @AfterEach
    void theContractWasKept() {
        assertThat(pagerDuty.violations()).isEmpty();
    }

    private Outcome deliver(Notification notification) {
        try {
            Outcome outcome = receiver.deliver(notification)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(15, TimeUnit.SECONDS);
            assertThat(outcome.text()).doesNotContain("SECRETMARK");
            return outcome;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Outcome tell(long revision, ChangeKind change) {
        return deliver(Samples.told("pagerduty", "n1", revision, change));
    }

    private FakePagerDuty.Incident incident() {
        assertThat(pagerDuty.incidents()).hasSize(1);
        return pagerDuty.incidents().values().iterator().next();
    }

    @Test
    void anAlertsLifeIsOneIncident() {
        tell(1, ChangeKind.FIRED);
        assertThat(incident().state()).isEqualTo(State.TRIGGERED);
        tell(2, ChangeKind.ACKNOWLEDGED);
        assertThat(incident().state()).isEqualTo(State.ACKED);
        tell(3, ChangeKind.RESOLVED);
        assertThat(incident().state()).isEqualTo(State.RESOLVED);
        assertThat(incident().opened()).isEqualTo(1);
        assertThat(pagerDuty.incidents())
                .containsOnlyKeys(Samples.alert("n1", Severity.CRITICAL, AlertState.FIRING, 1)
                        .id());
    }

    @Test
    void theEventSaysWhatIsKnown() {
        tell(1, ChangeKind.FIRED);
        JsonObject event = pagerDuty.events().get(0);
        JsonObject payload = event.getJsonObject("payload");
        assertThat(payload.getString("summary")).isEqualTo("memory_usage on n1: memory at 96 %");
        assertThat(payload.getString("source")).isEqualTo("n1");
        assertThat(payload.getString("severity")).isEqualTo("critical");
        assertThat(payload.getString("component")).isEqualTo("store");
        assertThat(payload.getString("group")).isEqualTo("default");
        assertThat(payload.getString("class")).isEqualTo("memory_usage");
        assertThat(payload.getString("timestamp")).isEqualTo("2026-11-23T13:30:00Z");
        JsonObject details = payload.getJsonObject("custom_details");
        assertThat(details.getDouble("value")).isEqualTo(96);
        assertThat(details.getJsonArray("rules").getString(0))
                .isEqualTo("threshold/memory.drl:12 memory is above 85 percent");
        assertThat(event.getJsonArray("links").encode()).contains("http://127.0.0.1:8626/#/alerts/");
    }

    @Test
    void anEscalationOfAnOpenIncidentIsSkippedAndOfAnUnknownOneOpensIt() {
        assertThat(tell(1, ChangeKind.ESCALATED)).isInstanceOf(Outcome.Delivered.class);
        assertThat(tell(2, ChangeKind.ESCALATED)).isEqualTo(new Outcome.Skip("incident is already open at PagerDuty"));
        assertThat(tell(3, ChangeKind.ROUTED)).isEqualTo(new Outcome.Skip("incident is already open at PagerDuty"));
        assertThat(incident().triggers()).isEqualTo(1);
    }

    @Test
    void theEndOfWhatItNeverHeardOfIsNotTold() {
        assertThat(tell(1, ChangeKind.RESOLVED)).isEqualTo(new Outcome.Skip("PagerDuty never heard of it"));
        assertThat(tell(1, ChangeKind.ACKNOWLEDGED)).isEqualTo(new Outcome.Skip("PagerDuty never heard of it"));
        assertThat(pagerDuty.events()).isEmpty();
    }

    @Test
    void aChangeOfSeverityUpdatesTheIncident() {
        Alert warning = Samples.alert("n1", Severity.WARNING, AlertState.FIRING, 1);
        deliver(Samples.told("pagerduty", warning, ChangeKind.FIRED));
        tell(2, ChangeKind.RAISED);
        assertThat(incident().payload().getString("severity")).isEqualTo("critical");
        assertThat(incident().opened()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksAfterTheEventWasTakenDoesNotOpenASecondIncident() {
        pagerDuty.play(Fault.resetAfterAccepting());
        assertThat(tell(1, ChangeKind.FIRED)).isInstanceOf(Outcome.Retry.class);
        assertThat(tell(1, ChangeKind.FIRED)).isInstanceOf(Outcome.Delivered.class);
        assertThat(incident().opened()).isEqualTo(1);
        assertThat(incident().triggers()).isEqualTo(2);
    }

    @Test
    void faultsAreClassified() {
        pagerDuty.play(Fault.noDedupKey());
        assertThat(tell(1, ChangeKind.FIRED)).isInstanceOf(Outcome.Delivered.class);
        pagerDuty.play(Fault.invalidEvent());
        assertThat(tell(1, ChangeKind.FIRED)).isInstanceOf(Outcome.GiveUp.class);
        Fault[] passing = {Fault.serverError(), Fault.badGateway(), Fault.reset(), Fault.page(), Fault.answer(408, "")};
        for (Fault fault : passing) {
            pagerDuty.play(fault);
            assertThat(tell(1, ChangeKind.FIRED)).as("%s", fault.status()).isInstanceOf(Outcome.Retry.class);
        }
        pagerDuty.play(Fault.rateLimited());
        assertThat(((Outcome.Retry) tell(1, ChangeKind.FIRED)).after()).contains(Duration.ofMinutes(1));
    }

    @Test
    void aLimitWithATimeIsPassedOn() {
        pagerDuty.play(Fault.rateLimited(Duration.ofSeconds(42)));
        assertThat(((Outcome.Retry) tell(1, ChangeKind.FIRED)).after()).contains(Duration.ofSeconds(42));
    }

    @Test
    void anAnswerThatQuotesTheKeyIsNotPassedOn() {
        pagerDuty.play(Fault.answer(400, "bad: {request}"));
        assertThat(tell(1, ChangeKind.FIRED).text()).contains("bad: ").doesNotContain("SECRETMARK");
    }

    @Test
    void anEventThatIsTooLargeGoesWithoutItsDetails() {
        Map<String, Object> context = Map.of("dump", "ä".repeat(300_000), "nan", Double.NaN);
        Alert alert = Samples.alert("n1", Severity.CRITICAL, AlertState.FIRING, 1, "x".repeat(3_000), context);
        assertThat(deliver(Samples.told("pagerduty", alert, ChangeKind.FIRED))).isInstanceOf(Outcome.Delivered.class);
        assertThat(incident().payload().getJsonObject("custom_details").getString("note"))
                .startsWith("left out");
        assertThat(incident().payload().getString("summary")).hasSize(1024);
    }

    @Test
    void oddValuesKeepTheContract() {
        Map<String, Object> context = Map.of("a\u001b", Double.NaN, "b", Map.of("c", "<!channel>\n\u0007"));
        Alert alert = Samples.alert("", Severity.INFO, AlertState.FIRING, 1, "\u001b[31m\nred", context);
        assertThat(deliver(Samples.told("pagerduty", alert, ChangeKind.FIRED))).isInstanceOf(Outcome.Delivered.class);
        JsonObject payload = pagerDuty.events().get(0).getJsonObject("payload");
        assertThat(payload.getString("summary")).endsWith(": \\u001b[31m\\nred");
        JsonObject details = payload.getJsonObject("custom_details").getJsonObject("context");
        assertThat(details.getString("a\\u001b")).isEqualTo("NaN");
        assertThat(details.getJsonObject("b").getString("c")).isEqualTo("<!channel>\\n\\u0007");
    }
}
