package io.tocsin.notify.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.AlertState;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Severity;
import io.tocsin.notify.LogCapture;
import io.tocsin.notify.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogReceiverTest {
    private static ILoggingEvent logged(Notification notification) {
        try (LogCapture log = LogCapture.open()) {
            assertThat(new LogReceiver().deliver(notification).succeeded()).isTrue();
            return log.events().get(0);
        }
    }

    @Test
    void aFiringAlertIsOneAlignedLineOfTheFailureFamily() {
        Notification fired = Samples.told("log", "n1", 1, ChangeKind.FIRED);
        ILoggingEvent event = logged(fired);
        assertThat(event.getMarkerList()).containsExactly(LogFamily.FAILURE);
        assertThat(event.getFormattedMessage())
                .isEqualTo("🚨 CRITICAL fired           memory_usage        n1                " + fired.alertId()
                        + "  memory at 96 % · 96 (max 85)");
    }

    @Test
    void aResolvedAlertSaysAfterHowLongAndWhy() {
        ILoggingEvent event = logged(Samples.told("log", "n1", 3, ChangeKind.RESOLVED));
        assertThat(event.getMarkerList()).containsExactly(LogFamily.HEALTH);
        assertThat(event.getFormattedMessage())
                .startsWith("✅ RESOLVED after 5m ")
                .endsWith("was critical; a fresh reading is below the limit");
    }

    @Test
    void anEscalationAndAnAnswerAreActions() {
        assertThat(logged(Samples.told("log", "n1", 2, ChangeKind.ESCALATED)).getFormattedMessage())
                .startsWith("⏫ CRITICAL level 0");
        ILoggingEvent acked = logged(Samples.told("log", "n1", 2, ChangeKind.ACKNOWLEDGED));
        assertThat(acked.getMarkerList()).containsExactly(LogFamily.ACTION);
        assertThat(acked.getFormattedMessage()).contains("acknowledged").endsWith("by anna: on it");
    }

    @Test
    void everyChangeHasALine() {
        for (ChangeKind change : ChangeKind.values()) {
            for (Severity severity : Severity.values()) {
                for (AlertState state : AlertState.values()) {
                    ILoggingEvent event = logged(Samples.told("log", Samples.alert("n1", severity, state, 1), change));
                    assertThat(event.getFormattedMessage())
                            .contains("memory_usage", "n1")
                            .containsIgnoringCase(severity.name());
                }
            }
        }
    }

    @Test
    void aValueCannotBreakTheLine() {
        var alert = Samples.alert("n1\nx", Severity.INFO, AlertState.FIRING, 1, "a\nb\u001b[31m", Map.of());
        assertThat(logged(Samples.told("log", alert, ChangeKind.FIRED)).getFormattedMessage())
                .contains("n1\\nx", "a\\nb\\u001b[31m")
                .doesNotContain("\n", "\u001b");
    }
}
