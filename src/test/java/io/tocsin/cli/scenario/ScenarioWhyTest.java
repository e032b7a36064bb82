package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person reads when a case fails. */
class ScenarioWhyTest {
    private static final String HIGH = """
            - at: 0s
              send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 89.5, ttl: 1h}
            """;
    private static Plays plays;

    @BeforeAll
    static void compile() throws Exception {
        plays = new Plays(Path.of("rules"));
    }

    @AfterAll
    static void discard() throws Exception {
        plays.close();
    }

    private static Difference first(String timeline) throws Exception {
        List<Difference> differences = plays.timeline(timeline).differences();
        assertThat(differences).isNotEmpty();
        return differences.get(0);
    }

    @Test
    void expectedAlertThatIsPendingSaysWhenItFires() throws Exception {
        Difference one = first(HIGH + "- {at: 20s, expect: {alerts: [{alert_type: memory_usage, state: firing}]}}");
        assertThat(one.rows())
                .containsExactly(
                        new Difference.Row("alert_type", "memory_usage", "memory_usage", true),
                        new Difference.Row("state", "firing", "pending", false));
        assertThat(one.why())
                .contains("it is pending, it fires at 30s if it goes on")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("rule \"memory is above 85 percent\" (threshold/memory.drl:")
                        .endsWith("says warning: memory at 89.5 %"));
    }

    @Test
    void expectedAlertOfAnotherSubjectIsNotTaken() throws Exception {
        Difference one = first(HIGH + "- {at: 31s, expect: {alerts: [{alert_type: memory_usage, node: n2}]}}");
        assertThat(one.rows()).contains(new Difference.Row("node", "n2", "n1", false));
    }

    @Test
    void expectedAlertThatDidNotChangeSaysSinceWhen() throws Exception {
        Difference one = first(HIGH + """
                - {at: 31s, expect: {alerts: [{state: firing}]}}
                - {at: 40s, expect: {alerts: [{alert_type: memory_usage, state: firing}]}}
                """);
        assertThat(one.got()).isNull();
        assertThat(one.why())
                .first()
                .asString()
                .contains("it is firing since 30s, before the last expect, and has not changed state since");
    }

    @Test
    void expectedAlertThatLapsedSaysWhen() throws Exception {
        Difference one = first(HIGH + """
                - at: 20s
                  send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 50, ttl: 1h}
                - at: 31s
                  expect: {alerts: [{alert_type: memory_usage, state: firing}]}
                """);
        assertThat(one.why())
                .contains("it was pending since 0s and lapsed at 20s: back to normal before its hold was over")
                .contains("  there is resource_usage n1 resource_type=memory usage_percent=50 (20s)");
    }

    @Test
    void expectedAlertOfAQuietRuleShowsWhatTheRuleSees() throws Exception {
        Difference one = first("""
                - at: 0s
                  send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 84, ttl: 1h}
                - at: 31s
                  expect: {alerts: [{alert_type: memory_usage, node: n1, state: firing}]}
                """);
        assertThat(one.why())
                .anySatisfy(line -> assertThat(line)
                        .contains("rule \"memory is above 85 percent\"")
                        .endsWith("has not matched"))
                .contains("  there is resource_usage n1 resource_type=memory usage_percent=84 (0s)");
    }

    @Test
    void expectedAlertWithoutTelemetrySaysSo() throws Exception {
        assertThat(first("- {at: 31s, expect: {alerts: [{alert_type: memory_usage, node: n7}]}}")
                        .why())
                .contains("nothing came in that they look at of n7");
    }

    @Test
    void alertTypeThatNoRuleNamesIsGuessed() throws Exception {
        assertThat(first("- {at: 31s, expect: {alerts: [{alert_type: memory_usag}]}}")
                        .why())
                .containsExactly("no rule names the alert type \"memory_usag\"; did you mean memory_usage?");
    }

    @Test
    void receiverThatNoRuleRoutesToIsGuessed() throws Exception {
        assertThat(first(HIGH + "- {at: 31s, expect: {notifications: [{receiver: slak}]}}")
                        .why())
                .contains("no rule routes to \"slak\"; did you mean slack?");
    }

    @Test
    void unexpectedAlertNamesRuleAndFacts() throws Exception {
        Difference one = first(HIGH + "- {at: 31s, expect: {alerts: []}}");
        assertThat(one.expected()).isNull();
        assertThat(one.toString()).startsWith("line 6, at 31s: alerts: expected nothing, got ");
        assertThat(one.why())
                .contains("fired at 30s: memory at 89.5 %")
                .contains("  matched resource_usage n1 resource_type=memory usage_percent=89.5 (0s)");
    }

    @Test
    void unexpectedNotificationNamesTheRoutingRule() throws Exception {
        assertThat(first(HIGH + "- {at: 31s, expect: {notifications: [{receiver: slack}]}}")
                        .why())
                .first()
                .asString()
                .startsWith("routed to log by rule \"every alert goes to the log\" (routing/log.drl:");
    }

    @Test
    void unexpectedEscalationNamesTheLadder() throws Exception {
        assertThat(first(HIGH + "- {at: 16m, expect: {escalations: []}}").why())
                .first()
                .asString()
                .startsWith("No acknowledgment after 15 minutes: ordered by rule \"warning and nobody answers");
    }

    @Test
    void missingEscalationSaysWhenItIsDue() throws Exception {
        assertThat(first(HIGH + "- {at: 15m, expect: {escalations: [{level: 1}]}}")
                        .why())
                .first()
                .asString()
                .isEqualTo("memory_usage n1 is firing since 30s, level 0, level 1 is due at 15m30s");
    }

    @Test
    void missingEscalationSaysWhoAnswered() throws Exception {
        assertThat(first(HIGH + """
                        - {at: 1m, ack: {alert_type: memory_usage, by: ann}}
                        - {at: 16m, expect: {escalations: [{level: 1}]}}
                        """).why()).first().asString().contains("acknowledged since 1m", "answered by ann");
    }

    @Test
    void timeLineHoldsEverythingInOrder() throws Exception {
        assertThat(plays.timeline(HIGH + """
                        - {at: 1m, ack: {alert_type: memory_usage, by: ann, message: "on it", for: 5m}}
                        - {at: 22m, expect: {alerts: []}}
                        """).happened())
                .extracting(Happening::what)
                .containsExactly(
                        "telemetry",
                        "pending",
                        "fired",
                        "notified",
                        "ack",
                        "acknowledged",
                        "notified",
                        "ack_expired",
                        "notified",
                        "escalated",
                        "notified",
                        "failed");
    }

    @Test
    void whatSomebodySentCannotSteerATerminal() throws Exception {
        ScenarioRunner.Outcome outcome = plays.timeline("""
                - at: 0s
                  send: {type: component_health, node: n1, component: store, status: unhealthy, details: {note: "\\e[31mred"}, ttl: 1h}
                - {at: 1s, expect: {alerts: [{message: "\\e[2J"}]}}
                """);
        assertThat(String.join("", outcome.timeline())
                        + outcome.failures()
                        + outcome.differences().get(0).why())
                .doesNotContain("\u001b");
    }
}
