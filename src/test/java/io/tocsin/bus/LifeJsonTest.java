package io.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.CheckResult;
import io.tocsin.model.ComponentHealth;
import io.tocsin.model.DebugTrace;
import io.tocsin.model.Head;
import io.tocsin.model.HealthCheck;
import io.tocsin.model.HealthStatus;
import io.tocsin.model.Notification;
import io.tocsin.model.Reading;
import io.tocsin.model.Recurrence;
import io.tocsin.model.ResourceType;
import io.tocsin.model.ResourceUsage;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Rules;
import io.tocsin.model.Severity;
import io.tocsin.model.Source;
import io.tocsin.model.Telemetry;
import io.tocsin.model.TimeOfDay;
import io.tocsin.model.Topology;
import io.tocsin.model.Tracking;
import io.tocsin.model.Trend;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456Z");
    private static final LifeJson JSON = new LifeJson();

    private static Because because(Object... facts) {
        return new Because(
                new RuleRef("memory is above 85 percent", "threshold/memory.drl", 12),
                Severity.WARNING,
                "memory at 90 %",
                Duration.ofSeconds(30),
                Duration.ZERO,
                List.of(facts),
                2);
    }

    private static List<Object> facts(Object... facts) {
        return JSON.because(JSON.because(List.of(because(facts)))).get(0).facts();
    }

    @Test
    void alertsComeBackAsTheyWere() {
        for (Alert alert : Alerts.all()) {
            assertThat(JSON.alert(JSON.alert(alert))).isEqualTo(alert);
        }
    }

    @Test
    void trackingComesBackAsItWas() {
        Tracking tracking = new Tracking(
                3,
                List.of(new Tracking.Hold("r \"1\"", Severity.CRITICAL, NOW)),
                NOW.minusSeconds(5),
                Set.of("slack", "log"),
                Set.of("oncall@example.org"),
                Set.of("teams"));
        assertThat(JSON.tracking(JSON.tracking(tracking))).isEqualTo(tracking);
        Tracking bare = new Tracking(1, List.of(), null, Set.of(), Set.of());
        assertThat(JSON.tracking(JSON.tracking(bare))).isEqualTo(bare);
    }

    @Test
    void attemptsComeBackAsTheyWere() {
        List<Notification.Attempt> attempts = List.of(
                new Notification.Attempt(NOW, 1200, "retry", "503 after 1.2 s"),
                new Notification.Attempt(NOW.plusSeconds(5), 0, "sent", null));
        assertThat(JSON.attempts(JSON.attempts(attempts))).isEqualTo(attempts);
        assertThat(JSON.attempts("[]")).isEmpty();
    }

    @Test
    void factsThatRulesNeedComeBackAsTheyWere() {
        ResourceUsage usage = new ResourceUsage(
                new Head(
                        "main",
                        "n1",
                        NOW.plus(Duration.ofDays(400)),
                        NOW,
                        Map.of("mount", "/data"),
                        Duration.ofMillis(90_500),
                        false,
                        null),
                ResourceType.DISK,
                2000,
                null,
                17L);
        Object[] facts = {
            usage,
            new ComponentHealth(
                    Head.of("main", "n1", NOW, Duration.ofHours(48)),
                    "c\u0007",
                    HealthStatus.DEGRADED,
                    Map.of("store_id", "s1", "n", 3L, "list", List.of(1, 2.5)),
                    NOW),
            Rules.clusterHealth("main", List.of("n1", "n2", "n3"), 2, List.of("n2"), List.of("n3")),
            new Source("n1", null, NOW, true, 3),
            new Source("n1", "ping", NOW, false, 0),
            new Topology("main", List.of("n2", "n1"), 2),
            new TimeOfDay(23, DayOfWeek.SUNDAY, "Europe/Vienna"),
            new Recurrence("memory_usage", "main", null, 4, Instant.EPOCH, Instant.EPOCH.plusMillis(1)),
            new Trend("k", "n1", "n1/w", "latency_p95", 1, 2, 3, -4, Double.NaN, 0.1, 20, true, false),
        };
        assertThat(facts(facts)).containsExactly(facts);
        Reading back = (Reading) facts(usage).get(0);
        assertThat(back.fresh()).isFalse();
        assertThat(back.key()).isEqualTo(usage.key());
    }

    @Test
    void otherFactsComeBackAsTextOrMap() {
        Alert alert = Alerts.firing();
        List<Object> back = facts(3, "a\nb", alert);
        assertThat(back.subList(0, 2)).containsExactly("3", "a\\nb");
        assertThat(back.get(2))
                .isInstanceOfSatisfying(
                        Map.class, map -> assertThat(map.get("id")).isEqualTo(alert.id()));
        assertThat(facts(back.toArray())).isEqualTo(back);
    }

    @Test
    void reasonsComeBackAsTheyWere() {
        List<Because> reasons = List.of(because(), because(new Source("n1", null, NOW, true, 3)));
        assertThat(JSON.because(JSON.because(reasons))).isEqualTo(reasons);
    }

    @Test
    void aLargeFactLosesItsFreeFormObjectOnly() {
        HealthCheck check = new HealthCheck(
                Head.of("main", "n1", NOW, Duration.ofSeconds(60)),
                "c",
                CheckResult.FAIL,
                1.0,
                Map.of("text", "x".repeat(9000)),
                "broken");
        HealthCheck back = (HealthCheck) facts(check).get(0);
        assertThat(back.details()).isEqualTo(Map.of("omitted", "9011 bytes"));
        assertThat(back).usingRecursiveComparison().ignoringFields("details").isEqualTo(check);
        ComponentHealth component = new ComponentHealth(
                Head.of("main", "n1", NOW, null),
                "c",
                HealthStatus.DEGRADED,
                Map.of("store_id", "s1", "t", "x".repeat(9000)),
                null);
        assertThat(((Reading) facts(component).get(0)).key()).isEqualTo(component.key());
        assertThat(JSON.because(List.of(because(component, check)))).hasSizeLessThan(2000);
    }

    @Test
    void telemetryComesBackAsItWas() {
        Telemetry trace = new DebugTrace(
                new Head("main", "n1", null, null, Map.of(), null, false, null),
                "c",
                "t",
                Map.of("fresh", true, "deep", Map.of("a", Collections.singletonList(null))));
        assertThat(JSON.telemetry(JSON.telemetry(trace))).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"type\":3}", "null", "[3]"})
    void damagedTextIsNamed(String text) {
        assertThatThrownBy(() -> JSON.alert(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stored alert cannot be read: ");
        assertThatThrownBy(() -> JSON.tracking(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stored tracking cannot be read: ");
        assertThatThrownBy(() -> JSON.telemetry(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stored telemetry cannot be read: ");
        if (!text.equals("[]")) {
            assertThatThrownBy(() -> JSON.because(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("stored reasons cannot be read: ");
            assertThatThrownBy(() -> JSON.attempts(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("stored attempts cannot be read: ");
        }
    }
}
