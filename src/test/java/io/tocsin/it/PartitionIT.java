package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.store.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network between three members falls apart: the owner is cut off from the two others, and nobody's connection breaks.
 * {@code -Dtocsin.partition=60s} keeps it so for longer.
 */
class PartitionIT {
    /** The heartbeat limit, which nobody can undercut, and 2 s. */
    private static final Duration SOON_ENOUGH = Duration.ofSeconds(12);

    /** Longer than a source of this test may be silent, which is longer than a partition goes unnoticed. */
    private static final Duration LASTS = Lasting.of("tocsin.partition", Duration.ofSeconds(20));

    private static final String TTL = "14s";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Scene scene;
    private Wires wires;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(
                folder,
                PostgresServer.emptyDatabase(),
                Scene.MEMORY,
                Scene.LADDER,
                "absence/node_silent",
                "quorum/quorum_lost");
        wires = new Wires(folder, scene.trio.members(), scene.store());
        scene.trio.start();
        scene.often(() -> steady());
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
        if (wires != null) {
            wires.close();
        }
    }

    @Test
    void ownerThatIsCutOffFromTheOthersLetsThemGoOn() {
        List<StoryOfANode> stories = scene.stories(4, Duration.ofSeconds(4));
        Apart apart = fallApart(false);
        assertThat(apart.member.said()).contains("it steps back, so that they take over");
        scene.heals("before");
        meet(apart);

        // what was under way when it happened
        scene.endWell(stories, stories.size());
        assertThat(scene.slack.violations()).isEmpty();
        quiet();
        assertThat(apart.gap).isLessThan(SOON_ENOUGH.plus(Lasting.SLOW_MACHINE));
    }

    @Test
    void ownerThatIsCutOffFromAllIsReplacedAndCallsNobodyForWhatItCannotSee() {
        Apart apart = fallApart(true);
        List<StoryOfANode> stories = scene.stories(3, Duration.ofSeconds(2));
        assertThat(apart.member.said()).contains("alerts go out unrecorded");
        meet(apart);
        assertThat(apart.member.said()).as("it is fenced").contains("cluster default was taken over by another owner");
        scene.heals("before");

        // it told, as the others did, how the ladder of the alert was climbed that was open when it happened
        scene.endWell(stories, 2 * (int) LASTS.toSeconds());
        assertThat(scene.slack.violations())
                .as("two that tell Slack at a time know nothing of what it said to the other")
                .allMatch(one -> one.startsWith("a request at"));
        quiet();
        assertThat(apart.gap).isLessThan(SOON_ENOUGH.plus(Lasting.SLOW_MACHINE));
    }

    /** A member on its own, and how long it took the others to tell of something. */
    private record Apart(ProcessAppliance member, long began, Duration gap) {}

    private Apart fallApart(boolean alsoFromTheDatabase) {
        scene.says("before", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("before"));
        ProcessAppliance member = scene.trio.ownerOf("default");
        scene.trio.avoid(member);
        wires.cutOff(member);
        if (alsoFromTheDatabase) {
            wires.cutOffFromDatabase(member);
        }
        long began = System.nanoTime();
        scene.says("after", "unhealthy");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> scene.called("after"));
        Duration gap = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("PartitionIT owner cut off from " + (alsoFromTheDatabase ? "all" : "the others")
                + " → next alert at PagerDuty, ms: " + gap.toMillis());
        return new Apart(member, began, gap);
    }

    private void meet(Apart apart) {
        Lasting.until(apart.began, LASTS);
        long mended = System.nanoTime();
        wires.mend();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(this::everybodySeesTheSame);
        System.out.println("PartitionIT mended → all agree, ms: " + (System.nanoTime() - mended) / 1_000_000);
        scene.trio.avoid(null);
        scene.says("later", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("later"));
        scene.heals("later");
        scene.heals("after");
    }

    /** Nobody was called because somebody could not see. */
    private void quiet() {
        assertThat(scene.trio.door().alerts("&alert_type=node_silent")).isEmpty();
        assertThat(scene.trio.door().alerts("&alert_type=quorum_lost")).isEmpty();
        assertThat(scene.slack.messages()).noneMatch(one -> one.encode().contains("no word from"));
        everybodySeesTheSame();
    }

    /** A node that is well and says so, each time anew. */
    private void steady() {
        try {
            JsonObject well = Given.component("steady", "store", "healthy").put("ttl", TTL);
            scene.trio.door().post("/api/v1/telemetry", well);
        } catch (UncheckedIOException away) {
            // the next time comes
            return;
        }
    }

    /** One epoch of each cluster, one owner, and all members, at every door. */
    private void everybodySeesTheSame() {
        List<Map<String, String>> seen =
                scene.trio.members().stream().map(PartitionIT::owners).toList();
        assertThat(seen).allMatch(seen.get(0)::equals);
        assertThat(seen.get(0)).containsKeys("default", "tocsin").doesNotContainValue("null");
        assertThat(scene.trio.members())
                .allSatisfy(one -> assertThat(Scene.metric(one, "tocsin_members{state=\"ready\"}"))
                        .isEqualTo(3));
    }

    private static Map<String, String> owners(ProcessAppliance member) {
        Map<String, String> owners = new TreeMap<>();
        member.http().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .forEach(one -> owners.put(
                        one.getString("cluster"),
                        one.getString("owner") == null ? "null" : one.getString("owner") + " " + one.getLong("epoch")));
        return owners;
    }
}
