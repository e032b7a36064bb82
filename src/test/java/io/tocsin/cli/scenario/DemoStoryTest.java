package io.tocsin.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.cli.demo.Story;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Alert;
import io.tocsin.model.ChangeKind;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hour of the demo, as the shipped rules see it when it is told in two minutes. */
class DemoStoryTest {
    private static final Map<String, Scenario.Nodes> LISTED = Map.of("demo", new Scenario.Nodes(Story.nodes(), 3));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static RuleBook book;

    private record Change(Duration at, ChangeKind kind, Alert alert) {}

    @BeforeAll
    static void compile() throws Exception {
        book = RuleBook.load(Path.of("rules"));
    }

    @AfterAll
    static void discard() {
        book.close();
    }

    @Test
    void everythingFiresAndResolvesWithinTwoMinutes() {
        List<Change> changes = told(7, SECOND, Map.of(), Duration.ofMinutes(3));
        assertThat(of(changes, ChangeKind.FIRED))
                .containsExactlyInAnyOrder(
                        "warning memory_usage store-3",
                        "warning metric_alert store-1/append_p95_ms",
                        "critical component_unhealthy store-3/store/orders",
                        "critical component_unhealthy store-5/store/orders",
                        "critical node_failure store-3",
                        "critical node_failure store-5",
                        "warning health_check_timeout store-3/store-http",
                        "warning health_check_timeout store-3/store-tcp");
        assertThat(of(changes, ChangeKind.RAISED)).containsExactly("critical memory_usage store-3");
        assertThat(of(changes, ChangeKind.ACKNOWLEDGED)).containsExactly("critical node_failure store-3");
        assertThat(of(changes, ChangeKind.RESOLVED)).hasSize(8);
        assertThat(changes)
                .filteredOn(one -> one.kind() == ChangeKind.RESOLVED)
                .allMatch(one -> one.at().toSeconds() < Story.STEPS);
    }

    /** For whoever names the nodes in config: quorum is nearly lost, and not lost. */
    @Test
    void quorumIsNeverLost() {
        List<Change> changes = told(7, SECOND, LISTED, Duration.ofMinutes(1));
        assertThat(of(changes, ChangeKind.PENDING)).noneMatch(one -> one.contains("quorum_lost"));
        assertThat(of(changes, ChangeKind.RESOLVED)).hasSize(8);
    }

    @Test
    void toldMoreSlowlyTheLatencyRulesFireToo() {
        List<Change> changes = told(7, SECOND.multipliedBy(3), Map.of(), Duration.ofMinutes(3));
        assertThat(of(changes, ChangeKind.FIRED)).anyMatch(one -> one.startsWith("warning latency store-1"));
        assertThat(of(changes, ChangeKind.RESOLVED)).hasSameSizeAs(of(changes, ChangeKind.FIRED));
    }

    /** Nobody misses the nodes when the story is over, until all is forgotten. */
    @Test
    void nodesThatAreNoLongerToldOfRaiseNothing() {
        assertThat(of(told(7, SECOND, Map.of(), Duration.ofHours(50)), ChangeKind.FIRED))
                .hasSize(8);
    }

    @Test
    void otherChanceIsTheSameStory() {
        for (int seed = 8; seed < 12; seed++) {
            assertThat(Set.copyOf(of(told(seed, SECOND, Map.of(), SECOND), ChangeKind.FIRED)))
                    .isEqualTo(Set.copyOf(of(told(7, SECOND, Map.of(), SECOND), ChangeKind.FIRED)));
        }
    }

    private static List<String> of(List<Change> changes, ChangeKind kind) {
        return changes.stream()
                .filter(one -> one.kind() == kind)
                .map(Change::alert)
                .map(one -> one.severity().wire() + " " + one.alertType() + " " + one.subject())
                .toList();
    }

    private static List<Change> told(
            long seed, Duration step, Map<String, Scenario.Nodes> clusters, Duration afterwards) {
        Story story = new Story("demo", seed);
        List<Change> changes = new ArrayList<>();
        try (Stage stage = new Stage(
                book,
                Set.of("log"),
                clusters,
                (watch, done) -> done.changes()
                        .forEach(one -> changes.add(new Change(
                                Duration.between(Stage.BEGIN, one.transition().at()),
                                one.transition().kind(),
                                one.alert()))))) {
            for (int i = 0; i <= Story.STEPS; i++) {
                stage.advance(step.multipliedBy(i));
                stage.send(new Scenario.Send(story.messages(i).stream()
                        .map(one -> (Message) Message.of(new JsonObject(one.toString()), Stage.BEGIN))
                        .toList()));
                if (i == Story.ANSWER) {
                    stage.acknowledge("demo", failure(changes), new Scenario.AckIt(Map.of(), "dana", "on it", null));
                }
            }
            stage.advance(step.multipliedBy(Story.STEPS).plus(afterwards));
            assertThat(stage.faults()).isEmpty();
        }
        return changes;
    }

    private static String failure(List<Change> changes) {
        return changes.stream()
                .filter(one -> one.kind() == ChangeKind.FIRED)
                .map(Change::alert)
                .filter(one ->
                        one.alertType().equals("node_failure") && one.subject().equals(Story.SICK))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
