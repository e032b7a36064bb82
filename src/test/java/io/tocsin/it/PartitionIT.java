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
 * The network between three members falls apart: one is cut off from the two others, and they from it, while nobody's
 * connection breaks. {@code -Dtocsin.partition=60s} keeps it so for longer.
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
        scene = new Scene(folder, PostgresServer.emptyDatabase(), "absence/node_silent", "quorum/quorum_lost");
        wires = new Wires(folder, scene.trio.members(), scene.store());
        scene.trio.start();
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
        ProcessAppliance apart = fallApart(false);
        assertThat(apart.said()).as("it gives up what it had").contains("cluster default is handed over");
        meet(apart);
    }

    @Test
    void ownerThatIsCutOffFromAllIsReplacedAndCallsNobodyForWhatItCannotSee() {
        ProcessAppliance apart = fallApart(true);
        assertThat(apart.said()).contains("alerts go out unrecorded");
        meet(apart);
        assertThat(apart.said()).as("it is fenced").contains("cluster default was taken over by another owner");
    }

    private ProcessAppliance fallApart(boolean alsoFromTheDatabase) {
        scene.often(() -> says("steady"));
        List<StoryOfANode> stories = scene.stories(5, Duration.ofSeconds(4));
        scene.says("before", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("before"));
        ProcessAppliance apart = scene.trio.ownerOf("default");
        scene.trio.avoid(apart);
        wires.cutOff(apart);
        if (alsoFromTheDatabase) {
            wires.cutOffFromDatabase(apart);
        }
        long began = System.nanoTime();
        scene.says("after", "unhealthy");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> scene.called("after"));
        Duration gap = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("PartitionIT owner cut off " + (alsoFromTheDatabase ? "from all" : "from the others")
                + " → next alert at PagerDuty, ms: " + gap.toMillis());
        scene.heals("before");
        await().pollDelay(Lasting.left(LASTS, began))
                .atMost(Duration.ofMinutes(5))
                .until(() -> true);
        this.stories = stories;
        this.gap = gap;
        return apart;
    }

    private List<StoryOfANode> stories;
    private Duration gap;

    private void meet(ProcessAppliance apart) {
        long mended = System.nanoTime();
        wires.mend();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(this::everybodySeesTheSame);
        System.out.println("PartitionIT mended → all agree, ms: " + (System.nanoTime() - mended) / 1_000_000);
        scene.trio.avoid(null);

        scene.says("later", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("later"));
        scene.heals("later");
        scene.heals("after");
        // what was under way when it happened may be said twice
        scene.endWell(stories, stories.size());
        assertThat(scene.trio.door().alerts("&alert_type=node_silent"))
                .as("nobody was silent")
                .isEmpty();
        assertThat(scene.trio.door().alerts("&alert_type=quorum_lost")).isEmpty();
        assertThat(scene.incident("later").triggers()).isEqualTo(1);
        assertThat(scene.pagerDuty.incidents().values())
                .as("calls for whom nobody could see")
                .noneMatch(one -> one.payload().getString("summary").contains("no word from"));
        assertThat(scene.slack.messages()).noneMatch(one -> one.encode().contains("no word from"));
        everybodySeesTheSame();
        assertThat(gap).isLessThan(SOON_ENOUGH.plus(Lasting.SLOW_MACHINE));
    }

    /** A node that is well and says so, each time anew. */
    private void says(String node) {
        try {
            scene.trio
                    .door()
                    .post(
                            "/api/v1/telemetry",
                            Given.component(node, "store", "healthy").put("ttl", TTL));
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
