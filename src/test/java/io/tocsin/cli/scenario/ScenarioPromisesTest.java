package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the scenario format promises, one promise a test. */
class ScenarioPromisesTest {
    private static Plays plays;

    @BeforeAll
    static void compile() throws Exception {
        plays = new Plays(Path.of("rules"));
    }

    @AfterAll
    static void discard() throws Exception {
        plays.close();
    }

    private static final String UNHEALTHY = """
            - at: 0s
              send: {type: component_health, node: n1, component: store, status: unhealthy, ttl: 12h}
            """;

    private static void passes(String timeline) throws Exception {
        assertThat(plays.timeline(timeline).failures()).isEmpty();
    }

    private static ScenarioRunner.Outcome fails(String timeline) throws Exception {
        ScenarioRunner.Outcome outcome = plays.timeline(timeline);
        assertThat(outcome.passed()).as(String.join("\n", outcome.timeline())).isFalse();
        return outcome;
    }

    @Test
    void listThatIsLeftOutIsNotChecked() throws Exception {
        passes(UNHEALTHY + "- {at: 1s, expect: {escalations: []}}");
    }

    @Test
    void emptyListMeansNone() throws Exception {
        assertThat(fails(UNHEALTHY + "- {at: 1s, expect: {alerts: [], notifications: []}}")
                        .differences())
                .extracting(Difference::list)
                .containsExactly("alerts", "notifications", "notifications", "notifications");
    }

    @Test
    void listIsExactInNumber() throws Exception {
        passes(UNHEALTHY + """
                - at: 1s
                  expect: {notifications: [{receiver: pagerduty}, {receiver: slack}, {receiver: log}]}
                """);
        assertThat(fails(UNHEALTHY + "- {at: 1s, expect: {notifications: [{receiver: log}, {receiver: log}]}}")
                        .failures())
                .hasSize(3);
    }

    @Test
    void entrySaysOnlyWhatItNames() throws Exception {
        passes(UNHEALTHY + "- {at: 1s, expect: {alerts: [{state: firing}]}}");
        passes(UNHEALTHY + """
                - at: 1s
                  expect:
                    alerts:
                    - {alert_type: component_unhealthy, node: n1, subject: n1/store, severity: critical, stale: false,
                       value: null, escalation_level: 0, level: 0, cluster: default, labels: {}, acknowledged_by: null}
                """);
    }

    @Test
    void entriesFindTheirOwnWhateverTheirOrder() throws Exception {
        passes(UNHEALTHY + """
                - at: 1s
                  send: {type: component_health, node: n2, component: store, status: unhealthy, ttl: 12h}
                  expect:
                    alerts: [{alert_type: component_unhealthy}, {alert_type: component_unhealthy, node: n1}]
                """);
    }

    @Test
    void pendingAlertCountsOnlyWhenListed() throws Exception {
        String pending = """
                - at: 0s
                  send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 90, ttl: 1h}
                """;
        passes(pending + "- {at: 10s, expect: {alerts: []}}");
        passes(pending + "- {at: 10s, expect: {alerts: [{alert_type: memory_usage, state: pending}]}}");
    }

    @Test
    void alertsAreThoseWhoseStateChangedSinceTheLastExpect() throws Exception {
        passes(UNHEALTHY + """
                - {at: 1s, expect: {alerts: [{state: firing}]}}
                - {at: 20m, expect: {alerts: [], escalations: [{level: 1}, {level: 2}]}}
                """);
    }

    @Test
    void alertIsListedAsItIsNow() throws Exception {
        passes(UNHEALTHY + """
                - at: 10s
                  send: {type: component_health, node: n1, component: store, status: healthy, ttl: 12h}
                - at: 1m
                  expect: {alerts: [{state: resolved, resolved_because: "back to normal for 15s"}]}
                """);
    }

    @Test
    void expectComesAfterEverythingElseOfItsEntry() throws Exception {
        passes("""
                - at: 5m
                  expect: {alerts: [{state: firing}]}
                  send: {type: component_health, node: n1, component: store, status: unhealthy, ttl: 12h}
                """);
    }

    @Test
    void everySendsAtBothEnds() throws Exception {
        ScenarioRunner.Outcome outcome = plays.timeline("""
                - at: 1m
                  every: {from: 10s, to: 40s, step: 15s, send: {type: resource_usage, node: n1, resource_type: cpu, usage_percent: 5}}
                - at: 1m39s
                  expect: {alerts: []}
                - at: 1m41s
                  expect: {alerts: [{alert_type: node_silent}]}
                """);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.timeline().get(0)).contains("10s", "×3 until 40s");
    }

    @Test
    void everySendsAListToo() throws Exception {
        passes("""
                - at: 1m
                  every:
                    from: 0s
                    to: 1m
                    step: 10s
                    send:
                    - {type: component_health, node: n1, component: a, status: unhealthy}
                    - {type: component_health, node: n1, component: b, status: unhealthy}
                  expect: {alerts: [{subject: n1/a}, {subject: n1/b}]}
                """);
    }

    @Test
    void whatFallsDueOnTheWayIsToldStepByStep() throws Exception {
        passes("""
                - at: 0s
                  send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 90, ttl: 12h}
                - at: 1h
                  expect:
                    notifications:
                    - {receiver: log, change: fired, level: 0, first: true}
                    - {receiver: slack, change: fired, level: 0}
                    - {receiver: log, change: escalated, level: 1, first: false}
                    - {receiver: slack, change: escalated, level: 1}
                """);
    }

    @Test
    void ackAnswersTheOneThatFits() throws Exception {
        passes(UNHEALTHY + """
                - at: 1s
                  send: {type: component_health, node: n2, component: store, status: unhealthy, ttl: 12h}
                - at: 2s
                  ack: {alert_type: component_unhealthy, node: n2, by: ann, message: "on it", for: 10m}
                - at: 2s
                  expect:
                    alerts:
                    - {node: n1, state: firing}
                    - {node: n2, state: acknowledged, acknowledged_by: ann, ack_message: "on it"}
                    escalations: []
                - at: 10m2s
                  expect: {alerts: [{node: n2, state: firing, acknowledged_by: null}], escalations: [{level: 1, node: n1}]}
                """);
    }

    @Test
    void ackThatFitsTwoFails() throws Exception {
        assertThat(fails(UNHEALTHY + """
                        - at: 1s
                          send: {type: component_health, node: n2, component: store, status: unhealthy, ttl: 12h}
                        - at: 2s
                          ack: {alert_type: component_unhealthy}
                        """).failures())
                .singleElement()
                .asString()
                .contains("line 9, at 2s: ack: 2 open alerts fit", "n1/store", "n2/store", "name node or subject too");
    }

    @Test
    void ackThatFitsNoneSaysWhatIsOpen() throws Exception {
        assertThat(fails("""
                        - at: 0s
                          send: {type: resource_usage, node: n1, resource_type: memory, usage_percent: 90, ttl: 1h}
                          ack: {alert_type: memory_usage}
                        """).failures())
                .singleElement()
                .asString()
                .contains("no open alert fits alert_type=memory_usage", "open: memory_usage n1 (pending)");
        assertThat(fails("- {at: 0s, ack: {alert_type: memory_usage}}").failures())
                .singleElement()
                .asString()
                .contains("no alert is open");
    }

    @Test
    void resolveIsRefusedWhileAFreshReadingSaysOtherwise() throws Exception {
        assertThat(fails(UNHEALTHY + "- {at: 1s, resolve: {alert_type: component_unhealthy, by: ann}}")
                        .failures())
                .singleElement()
                .asString()
                .contains("resolve: ", "still holds: a fresh reading supports it");
    }

    @Test
    void resolveByHandEndsWhatIsStale() throws Exception {
        passes("""
                - at: 0s
                  send: {type: component_health, node: n1, component: store, status: unhealthy}
                - at: 5m
                  resolve: {alert_type: component_unhealthy, by: ann}
                  expect:
                    alerts:
                    - {alert_type: component_unhealthy, state: resolved, resolved_by: ann}
                    - {alert_type: node_silent, state: firing}
                """);
    }

    @Test
    void restartLosesNothingThatIsStored() throws Exception {
        ScenarioRunner.Outcome outcome = plays.timeline(UNHEALTHY + """
                - {at: 1s, expect: {alerts: [{state: firing}]}}
                - {at: 2s, restart: true, expect: {alerts: [], notifications: []}}
                - at: 3s
                  send: {type: component_health, node: n1, component: store, status: unhealthy, ttl: 12h}
                - {at: 5m1s, expect: {alerts: [], escalations: [{level: 1, to: [oncall]}]}}
                """);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.fired())
                .as("rules fired before and after the restart count together")
                .containsKeys("component is unhealthy", "critical and nobody answers for 5 minutes");
    }

    @Test
    void escalationNamesWhomItCalls() throws Exception {
        assertThat(fails(UNHEALTHY + "- {at: 6m, expect: {escalations: [{level: 1, to: [oncall, manager]}]}}")
                        .failures())
                .containsExactly(
                        "line 6, at 6m: escalations: expected level=1 to=[oncall, manager], got level=1 to=[oncall]");
    }

    @Test
    void topologyIsThatOfTheCase() throws Exception {
        ScenarioRunner.Outcome outcome = plays.whole("""
                cases:
                - name: two of three
                  clusters: {east: {nodes: [n1, n2, n3]}}
                  timeline:
                  - at: 0s
                    send:
                    - {type: component_health, cluster: east, node: n1, component: store, status: unhealthy, ttl: 1h}
                    - {type: component_health, cluster: east, node: n2, component: store, status: unhealthy, ttl: 1h}
                  - at: 6s
                    expect: {alerts: [{alert_type: quorum_lost, cluster: east, subject: east}, {node: n1}, {node: n2}]}
                """);
        assertThat(outcome.failures()).isEmpty();
    }

    @Test
    void timestampOfAMessageIsItsOwn() throws Exception {
        passes(UNHEALTHY + """
                - at: 1m
                  send: {type: component_health, node: n1, component: store, status: healthy, timestamp: "2026-01-05T02:00:00Z", ttl: 1h}
                - at: 10m
                  expect: {alerts: [{state: firing}]}
                """);
    }

    @Test
    void timingsAndTracesMayBeSentToo() throws Exception {
        passes("""
                - at: 1m
                  every: {from: 0s, to: 1m, step: 1s, send: {type: timing, node: n1, operation: write, duration_ms: 3000}}
                  send: {type: debug_trace, node: n1, component: store, trace_type: gc, data: {}}
                - at: 10m
                  expect: {alerts: [{alert_type: node_silent}]}
                """);
    }
}
