package io.tocsin.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.fake.FakeSlack;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SlackReceiverTest {
    private volatile Instant now = Samples.T0;
    private FakeSlack slack;
    private SlackReceiver receiver;

    @BeforeEach
    void setUp(Vertx vertx) {
        slack = FakeSlack.start(vertx, () -> now);
        receiver = new SlackReceiver(
                vertx,
                new SlackSettings("slack", Secret.of(slack.url("SECRETMARKhook")), "http://127.0.0.1:8626"),
                () -> now,
                LastLook.NOBODY_ELSE);
    }

    @AfterEach
    void theContractWasKept() {
        assertThat(slack.violations()).isEmpty();
    }

    private Outcome deliver(Notification notification) {
        now = now.plusSeconds(1);
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

    private Outcome fired() {
        return deliver(Samples.told("slack", "n1", 1, ChangeKind.FIRED));
    }

    private String blocks(int message) {
        return slack.messages().get(message).getJsonArray("attachments").encode();
    }

    @Test
    void aFiringAlertHasItsFieldsItsColourAndItsLink() {
        assertThat(fired()).isEqualTo(new Outcome.Delivered("ok"));
        JsonObject message = slack.messages().get(0);
        assertThat(message.getString("text")).startsWith("🚨 CRITICAL memory_usage on n1: memory at 96 %");
        assertThat(message.getBoolean("link_names")).isFalse();
        assertThat(message.getJsonArray("attachments").getJsonObject(0).getString("color"))
                .isEqualTo("danger");
        String id = Samples.alert("n1", Severity.CRITICAL, AlertState.FIRING, 1).id();
        assertThat(blocks(0))
                .contains(
                        "*Severity*\\n🚨 critical",
                        "*Type*\\n`memory_usage`",
                        "*Node*\\n`n1`",
                        "*Time*\\n2026-11-23 13:30:00 UTC",
                        "Message: memory at 96 %",
                        "*Value*\\n96 (max 85)",
                        "*Escalation level*\\n0",
                        "<http://127.0.0.1:8626/#/alerts/" + id + "|Open the alert>",
                        "Runbook `docs/runbooks/memory.md`",
                        "./tocsin ack " + id + " -m \\\"on it\\\"");
    }

    @Test
    void everyChangeOfEverySeverityKeepsTheContract() {
        for (ChangeKind change : ChangeKind.values()) {
            for (Severity severity : Severity.values()) {
                for (AlertState state : AlertState.values()) {
                    Outcome outcome = deliver(Samples.told("slack", Samples.alert("n1", severity, state, 1), change));
                    assertThat(outcome instanceof Outcome.Delivered).isEqualTo(change.told());
                }
            }
        }
    }

    @Test
    void whoAnsweredAndThatItIsOverIsSaid() {
        deliver(Samples.told("slack", "n1", 2, ChangeKind.ACKNOWLEDGED));
        assertThat(blocks(0)).contains("Acknowledged by anna: on it");
        deliver(Samples.told("slack", "n1", 3, ChangeKind.RESOLVED));
        assertThat(blocks(1)).contains("\"color\":\"good\"", "✅", "Resolved: a fresh reading is below the limit");
    }

    @Test
    void hostileTextInEveryFieldKeepsTheContract() {
        String evil = "<!channel> <@U1> <http://evil|x> & &lt; `b` *x* \u001b[31m\n\u202e ";
        for (int times : new int[] {1, 3, 10, 60, 400, 4000}) {
            String text = evil.repeat(times);
            Alert alert = Samples.alert(text, Severity.WARNING, AlertState.ACKNOWLEDGED, 1, text, Map.of());
            Outcome outcome = deliver(Samples.told("slack", alert, ChangeKind.FIRED));
            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        }
        slack.messages()
                .forEach(message -> assertThat(message.encode())
                        .doesNotContain("<!", "<@", "<http://evil", "\u001b", "\\u001B", "\u202e"));
    }

    @Test
    void aRefusedLayoutIsSentOnceMoreAsPlainText() {
        slack.play(Fault.answer(400, "invalid_blocks"));
        Notification first = Samples.told("slack", "n1", 1, ChangeKind.FIRED);
        Outcome refused = deliver(first);
        assertThat(refused).isInstanceOf(Outcome.Retry.class);
        Notification again = attempted(first, refused.text());
        assertThat(deliver(again)).isEqualTo(new Outcome.Delivered("ok, as plain text"));
        assertThat(slack.messages().get(0).containsKey("attachments")).isFalse();
        slack.play(Fault.answer(400, "invalid_payload"));
        assertThat(deliver(again)).isInstanceOf(Outcome.GiveUp.class);
    }

    private static Notification attempted(Notification notification, String detail) {
        return new Notification(
                notification.alert(),
                notification.receiver(),
                notification.change(),
                notification.detail(),
                notification.first(),
                notification.createdAt(),
                notification.state(),
                null,
                notification.nextAttemptAt(),
                List.of(new Notification.Attempt(Samples.T0, 3, "retry", detail)));
    }

    @Test
    void finalRefusalsAreGivenUp() {
        slack.play(
                Fault.gone(),
                Fault.answer(403, "invalid_token"),
                Fault.answer(404, "no_service"),
                Fault.okFalse("channel_not_found"));
        for (int i = 0; i < 4; i++) {
            assertThat(fired()).isInstanceOf(Outcome.GiveUp.class);
        }
        assertThat(fired()).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void passingFaultsAreTriedAgain() {
        Fault[] faults = {
            Fault.serverError(),
            Fault.badGateway(),
            Fault.page(),
            Fault.hugeBody(),
            Fault.reset(),
            Fault.resetAfterAccepting(),
            Fault.answer(408, ""),
            Fault.redirect("http://127.0.0.1:1/")
        };
        for (Fault fault : faults) {
            slack.play(fault);
            assertThat(fired()).as("%s", fault.status()).isInstanceOf(Outcome.Retry.class);
        }
        assertThat(slack.requests()).isEqualTo(faults.length);
    }

    @Test
    void aLimitIsObeyedHoweverItIsSaid() {
        Instant until = now.plusSeconds(121).truncatedTo(ChronoUnit.SECONDS);
        slack.play(Fault.rateLimited(Duration.ofSeconds(7)));
        assertThat(fired()).isEqualTo(retry("HTTP 429 Request Limit Exceeded", 7));
        now = now.plusSeconds(10);
        slack.play(Fault.rateLimitedUntil(until));
        assertThat(fired()).isEqualTo(retry("HTTP 429 Request Limit Exceeded", 109));
        now = now.plusSeconds(200);
        slack.play(Fault.rateLimitedInBody(3), Fault.rateLimited(), Fault.okFalse("rate_limited"));
        assertThat(((Outcome.Retry) fired()).after()).contains(Duration.ofSeconds(3));
        assertThat(((Outcome.Retry) fired()).after()).contains(Duration.ofSeconds(30));
        assertThat(((Outcome.Retry) fired()).after()).contains(Duration.ofSeconds(30));
    }

    private static Outcome retry(String reason, int seconds) {
        return new Outcome.Retry(reason, Optional.of(Duration.ofSeconds(seconds)));
    }

    @Test
    void anAnswerThatQuotesTheAddressIsNotPassedOn() {
        slack.play(Fault.answer(403, "no access to {request}"));
        assertThat(fired().text()).contains("no access to").doesNotContain("SECRETMARK", "B0000");
    }

    @Test
    void noServerAtAllIsTriedAgainAndNamesNoSecret() {
        slack.stop();
        assertThat(fired()).isInstanceOf(Outcome.Retry.class);
    }
}
