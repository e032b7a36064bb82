package io.tocsin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bus.Decoded;
import io.tocsin.bus.Limits;
import io.tocsin.bus.TelemetryJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the demo sends, and in which order it is told. */
class StoryTest {
    private final Story story = new Story("show", 1);

    @Test
    void sameSeedIsTheSameHour() {
        for (int step = 0; step <= Story.STEPS; step++) {
            assertThat(new Story("show", 1).messages(step)).isEqualTo(story.messages(step));
        }
        assertThat(new Story("show", 2).messages(5)).isNotEqualTo(story.messages(5));
    }

    @Test
    void everyMessageIsAccepted() {
        for (int step = 0; step <= Story.STEPS; step++) {
            for (var message : story.messages(step)) {
                Decoded decoded =
                        TelemetryJson.decode(new JsonObject(message.toString()), Instant.EPOCH, Limits.DEFAULT);
                assertThat(decoded.rejected()).as(message.toString()).isEmpty();
            }
        }
    }

    @Test
    void onlyTheClusterThatWasNamedIsSpokenOf() {
        for (int step = 0; step <= Story.STEPS; step++) {
            Set<String> clusters = new JsonArray(story.messages(step).toString())
                    .stream()
                            .map(one -> ((JsonObject) one).getString("cluster"))
                            .collect(Collectors.toSet());
            assertThat(clusters).containsExactly("show");
        }
    }

    @Test
    void itsNodesAreAllItSpeaksOf() {
        assertThat(story.messages(0).stream()
                        .map(one -> one.path("node").asText())
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(Story.nodes()));
    }

    @Test
    void scenesComeInOrderFromTheFirstStepToTheLast() {
        List<Integer> steps = Story.scenes().stream().map(Scene::step).toList();
        assertThat(steps).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(Story.STEPS);
        assertThat(Story.scenes()).allMatch(scene -> scene.text().length() < 100, "one line");
        assertThat(Story.time(0)).hasToString("09:00");
        assertThat(Story.time(Story.STEPS)).hasToString("10:00");
    }

    @Test
    void endIsWell() {
        assertThat(story.messages(Story.STEPS).toString())
                .doesNotContain("unhealthy")
                .doesNotContain("degraded")
                .doesNotContain("timeout");
    }
}
