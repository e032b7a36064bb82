package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.NotificationState;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Severity;
import io.tocsin.model.Source;
import io.tocsin.model.Transition;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
    private static final String FIELDS = "alert_type severity message context timestamp id key cluster node subject"
            + " labels value limit limit_type state stale degraded escalation_level next_escalation_at since fired_at"
            + " acknowledged_at acknowledged_by ack_message ack_expires_at auto_ack resolved_at resolved_because"
            + " resolved_by updated_at revision rules rule_hash runbook";

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void everyFieldIsAlwaysThere() {
        for (Alert alert : Alerts.all()) {
            assertThat(AlertJson.encode(alert).fieldNames()).contains(FIELDS.split(" "));
        }
        JsonObject pending = AlertJson.encode(Alerts.pending());
        assertThat(pending.getMap())
                .containsEntry("node", null)
                .containsEntry("value", null)
                .containsEntry("acknowledged_by", null)
                .containsEntry("auto_ack", null)
                .containsEntry("resolved_at", null);
        assertThat(pending.getJsonObject("labels")).isEmpty();
        assertThat(pending.getJsonArray("rules")).isEmpty();
    }

    @Test
    void theDocumentSaysWhatTheAlertIs() {
        JsonObject json = new JsonObject(AlertJson.encode(Alerts.firing()).encode());
        assertThat(json.getMap())
                .containsEntry("key", "main/memory_usage/n1")
                .containsEntry("severity", "critical")
                .containsEntry("state", "firing")
                .containsEntry("limit_type", "max")
                .containsEntry("value", 90.0)
                .containsEntry("escalation_level", 2)
                .containsEntry("timestamp", "2026-11-23T12:00:01.001Z")
                .containsEntry("updated_at", "2026-11-23T12:00:01.001Z")
                .containsEntry("next_escalation_at", "2026-11-23T12:05:00.001Z");
        assertThat(json.getJsonArray("rules").getJsonObject(0))
                .isEqualTo(json("{'name':'memory is above 85 percent','file':'threshold/memory.drl','line':12}"));
    }

    @Test
    void documentsComeBackAsTheAlert() {
        for (Alert alert : Alerts.all()) {
            JsonObject json = AlertJson.encode(alert);
            assertThat(AlertJson.decode(json)).isEqualTo(alert);
            assertThat(AlertJson.decode(json.copy())).isEqualTo(alert);
            assertThat(AlertJson.decode(new JsonObject(json.encode()))).isEqualTo(alert);
        }
        assertThatThrownBy(
                        () -> AlertJson.decode(AlertJson.encode(Alerts.firing()).put("state", "burning")))
                .isInstanceOf(InvalidMessage.class)
                .hasMessage("alert.state: expected one of pending, firing, acknowledged, resolved, found \"burning\"");
    }

    @Test
    void acknowledgementsAndEscalationsAreTold() {
        assertThat(AlertJson.ack(Alerts.acknowledged()))
                .isEqualTo(json(
                        "{'type':'alert_ack','alert_id':'" + Alerts.firing().id()
                                + "','acknowledged_by':'bob','ack_message':'on it','auto_ack':true,"
                                + "'timestamp':'2026-11-23T12:00:00.001Z'}"));
        assertThatThrownBy(() -> AlertJson.ack(Alerts.firing())).isInstanceOf(IllegalArgumentException.class);
        assertThat(AlertJson.escalation(Alerts.firing(), transition()))
                .isEqualTo(json("{'type':'alert_escalation','original_alert_id':'"
                        + Alerts.firing().id()
                        + "','escalation_level':2,'escalated_to':['oncall'],'escalation_reason':'no answer',"
                        + "'timestamp':'2026-11-23T12:00:00.001Z'}"));
    }

    private static Transition transition() {
        return new Transition(
                Alerts.firing().id(),
                7,
                ChangeKind.ESCALATED,
                Alerts.NOW,
                Cause.DEADLINE,
                "no answer",
                null,
                List.of("oncall"));
    }

    @Test
    void historyIsShown() {
        assertThat(AlertJson.encode(transition()))
                .isEqualTo(json("{'alert_id':'" + Alerts.firing().id()
                        + "','revision':7,'kind':'escalated','at':'2026-11-23T12:00:00.001Z','cause':'deadline',"
                        + "'detail':'no answer','by':null,'to':['oncall']}"));
        Notification notification = new Notification(
                Alerts.firing(),
                "slack",
                ChangeKind.FIRED,
                "memory",
                true,
                Alerts.NOW,
                NotificationState.PENDING,
                null,
                Alerts.NOW.plusSeconds(5),
                List.of(new Notification.Attempt(Alerts.NOW, 12, "retry", "503")));
        assertThat(AlertJson.encode(notification))
                .isEqualTo(json("{'receiver':'slack','change':'fired','detail':'memory','state':'pending',"
                        + "'state_detail':null,'created_at':'2026-11-23T12:00:00.001Z',"
                        + "'next_attempt_at':'2026-11-23T12:00:05.001Z','revision':7,'attempts':"
                        + "[{'at':'2026-11-23T12:00:00.001Z','took_ms':12,'outcome':'retry','detail':'503'}]}"));
    }

    @Test
    void reasonsAreShownWithTheirFacts() {
        Because because = new Because(
                new RuleRef("node is silent", "absence/node.drl", 3),
                Severity.WARNING,
                "no word",
                Duration.ofSeconds(30),
                Duration.ZERO,
                List.of(new Source("n1", null, Alerts.NOW, true, 2)),
                1);
        assertThat(AlertJson.encode(because))
                .isEqualTo(json("{'rule':{'name':'node is silent','file':'absence/node.drl','line':3},"
                        + "'severity':'warning','message':'no word','hold_for':'30s','quiet_for':'0s','facts':"
                        + "[{'type':'source','node':'n1','check':null,'last_seen':'2026-11-23T12:00:00.001Z',"
                        + "'silent':true,'observers':2}],'omitted':1}"));
    }
}
