package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.store.PostgresServer;
import io.tocsin.store.PostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members that lose one another: killed, ended, frozen. Whoever is left goes on, and the person on call notices
 * nothing. {@code -Dtocsin.kills=100} tries harder.
 */
class TrioIT {
    private static final int KILLS = Integer.getInteger("tocsin.kills", 5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private Trio trio;
    private Views views;

    @AfterEach
    void stop() {
        clock.shutdownNow();
        trio.close();
        vertx.close().await();
    }

    private Trio start() {
        Policy policy = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "threshold/component",
                        "escalation/ladder_critical",
                        "routing/log",
                        "routing/slack",
                        "routing/pagerduty")
                .hasty();
        PostgresSettings database = PostgresServer.emptyDatabase();
        views = new Views(database);
        trio = new Trio(folder, policy.folder(), Views.url(database), slack.url(), pagerDuty.url()).start();
        return trio;
    }

    private List<StoryOfANode> stories(int nodes, int everyMs) {
        List<StoryOfANode> stories = IntStream.range(0, nodes)
                .mapToObj(i -> new StoryOfANode(trio::door, "n" + i, Duration.ofMillis((long) everyMs * i)))
                .toList();
        clock.scheduleWithFixedDelay(() -> stories.forEach(StoryOfANode::step), 0, 100, TimeUnit.MILLISECONDS);
        return stories;
    }

    private void endWell(List<StoryOfANode> stories, int kills) {
        new Aftermath(trio.door(), pagerDuty).endWell(stories);
        Aftermath.repeated(
                "TrioIT PagerDuty",
                pagerDuty.events().stream().map(Aftermath::event).toList(),
                kills);
        Aftermath.repeated(
                "TrioIT Slack",
                slack.messages().stream().map(one -> one.getString("text")).toList(),
                kills);
        assertThat(slack.violations()).isEmpty();
        views.areTheDatabase(trio.members());
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    @Test
    void nothingIsLostAndNothingHappensTwiceWhoeverIsKilled() throws Exception {
        start();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("TrioIT seed " + seed);
        List<StoryOfANode> stories = stories(KILLS * 2, 2500);
        for (int kill = 0; kill < KILLS; kill++) {
            pause(500 + random.nextInt(2500));
            ProcessAppliance victim = kill % 3 == 2 ? trio.members().get(random.nextInt(3)) : trio.ownerOf("default");
            if (kill % 3 == 1) {
                victim.terminate();
            } else {
                victim.kill();
            }
            pause(random.nextInt(2000));
            victim.start();
        }
        endWell(stories, KILLS);
    }

    @Test
    void ownerThatDiesIsReplacedWithinSeconds() throws Exception {
        start();
        List<Long> gaps = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            String before = "before-" + round;
            trio.door().telemetry(Given.component(before, "store", "unhealthy"));
            await().atMost(Duration.ofSeconds(20)).until(() -> opened(before));
            ProcessAppliance owner = trio.ownerOf("default");
            String after = "after-" + round;
            owner.kill();
            long killed = System.nanoTime();
            trio.door().telemetry(Given.component(after, "store", "unhealthy"));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> opened(after));
            gaps.add((System.nanoTime() - killed) / 1_000_000);
            owner.start();
        }
        System.out.println("TrioIT owner killed → next alert at PagerDuty, ms: " + gaps);
        assertThat(gaps).allMatch(gap -> gap < 10_000);
        assertThat(pagerDuty.incidents().values())
                .extracting(FakePagerDuty.Incident::opened)
                .containsOnly(1);
        views.areTheDatabase(trio.members());
    }

    @Test
    void frozenOwnerIsReplacedAndChangesNothingWhenItGoesOn() throws Exception {
        start();
        trio.door().telemetry(Given.component("n1", "store", "unhealthy"));
        await().atMost(Duration.ofSeconds(20)).until(() -> opened("n1"));
        ProcessAppliance owner = trio.ownerOf("default");
        trio.door().telemetry(Given.component("n2", "store", "unhealthy"));
        owner.freeze();
        long frozen = System.nanoTime();

        trio.door().telemetry(Given.component("n3", "store", "unhealthy"));
        await().atMost(Duration.ofSeconds(40)).until(() -> opened("n3") && opened("n2"));
        System.out.println(
                "TrioIT owner frozen → next alert at PagerDuty, ms: " + (System.nanoTime() - frozen) / 1_000_000);
        await().atMost(Duration.ofSeconds(30)).until(() -> healed("n1"));
        owner.thaw();

        await().atMost(Duration.ofSeconds(40))
                .until(() -> owner.http().get("/api/v1/clusters").array().stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(one -> one.getString("cluster").equals("default") && one.getString("owner") != null));
        for (String node : List.of("n1", "n2", "n3")) {
            await().atMost(Duration.ofSeconds(40)).until(() -> healed(node));
            assertThat(trio.door().alerts("&cluster=default&node=" + node)).hasSize(1);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(incidentsOfNodes()).hasSize(3).allSatisfy(one -> {
                    assertThat(one.opened()).isEqualTo(1);
                    assertThat(one.state()).isEqualTo(FakePagerDuty.State.RESOLVED);
                }));
        views.areTheDatabase(trio.members());
    }

    @Test
    void allMayStopAndStartAgainInAnotherOrder() throws Exception {
        start();
        trio.door().telemetry(Given.component("n1", "store", "unhealthy"));
        await().atMost(Duration.ofSeconds(20)).until(() -> opened("n1"));
        trio.members().forEach(ProcessAppliance::terminate);

        List<ProcessAppliance> reversed = new ArrayList<>(trio.members());
        Collections.reverse(reversed);
        reversed.forEach(ProcessAppliance::start);
        await().atMost(Duration.ofSeconds(40)).until(() -> healed("n1"));
        assertThat(trio.door().alerts("&cluster=default&node=n1")).hasSize(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(incidentsOfNodes())
                        .singleElement()
                        .satisfies(one -> {
                            assertThat(one.opened()).isEqualTo(1);
                            assertThat(one.state()).isEqualTo(FakePagerDuty.State.RESOLVED);
                        }));
        views.areTheDatabase(trio.members());
    }

    /** Without those of members that were missed. */
    private List<FakePagerDuty.Incident> incidentsOfNodes() {
        return pagerDuty.incidents().values().stream()
                .filter(one -> one.payload().getString("source").matches("n\\d+"))
                .toList();
    }

    private boolean opened(String node) {
        return pagerDuty.incidents().values().stream()
                .anyMatch(one -> one.payload().getString("source").equals(node));
    }

    /** Says that a node is well, as its source does again and again; whether its alert is over. */
    private boolean healed(String node) {
        int status = trio.door()
                .post("/api/v1/telemetry", Given.component(node, "store", "healthy"))
                .status();
        assertThat(status).isIn(202, 503);
        return state(node).equals("resolved");
    }

    private String state(String node) {
        return trio.door().alerts("&cluster=default&node=" + node).stream()
                .map(one -> one.getString("state"))
                .findFirst()
                .orElse("");
    }
}
