package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.fake.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} again and again at moments that nobody chose, while nodes fill up, are answered for and recover. What was
 * promised stays true: nothing is lost, and nothing is said twice but in the moment of a crash. {@code -Dtocsin.kills=100}
 * tries harder.
 */
class CrashIT {
    private static final int KILLS = Integer.getInteger("tocsin.kills", 16);
    private static final int NODES = KILLS;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private ProcessAppliance tocsin;

    @AfterEach
    void stop() {
        clock.shutdownNow();
        tocsin.close();
        vertx.close().await();
    }

    @Test
    void nothingIsLostAndNothingHappensTwiceWheneverItIsKilled() throws Exception {
        Policy policy = Policy.only(
                        folder.resolve("rules"),
                        "threshold/memory",
                        "escalation/ladder_critical",
                        "routing/log",
                        "routing/slack",
                        "routing/pagerduty")
                .hasty();
        tocsin = new ProcessAppliance(folder, policy.folder())
                .receivers(slack.url(), pagerDuty.url())
                .start();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("CrashIT seed " + seed);
        List<StoryOfANode> stories = IntStream.range(0, NODES)
                .mapToObj(i -> new StoryOfANode(tocsin.http(), "n" + i, Duration.ofMillis(4500L * i)))
                .toList();
        clock.scheduleWithFixedDelay(() -> stories.forEach(StoryOfANode::step), 0, 100, TimeUnit.MILLISECONDS);

        List<Integer> eventsAtKill = new ArrayList<>();
        List<Integer> messagesAtKill = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % 3 == 1) { // PagerDuty takes the event and does not say so: killed between sending and marking
                pagerDuty.play(Fault.slowBody());
            }
            pause(200 + random.nextInt(3000));
            tocsin.kill();
            eventsAtKill.add(pagerDuty.events().size());
            messagesAtKill.add(slack.messages().size());
            if (kill % 5 == 4) { // while it takes up what is stored
                tocsin.launch();
                pause(500 + random.nextInt(2500));
                tocsin.kill();
                eventsAtKill.add(pagerDuty.events().size());
                messagesAtKill.add(slack.messages().size());
            }
            tocsin.start();
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stories).allMatch(StoryOfANode::over));
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(waiting(stories)).isEmpty());
        assertThat(stories)
                .allSatisfy(
                        story -> assertThat(story.broken()).as(story.toString()).isEmpty());
        assertThat(tocsin.http().alerts("")).as("one life each").hasSize(NODES);
        stories.forEach(this::happenedOnce);
        repeatedOnlyByCrashes(pagerDuty.events().stream().map(CrashIT::event).toList(), eventsAtKill);
        repeatedOnlyByCrashes(
                slack.messages().stream().map(one -> one.getString("text")).toList(), messagesAtKill);
        assertThat(pagerDuty.violations()).isEmpty();
        assertThat(slack.violations()).isEmpty();
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Notifications of which nothing has become yet. */
    private List<JsonObject> waiting(List<StoryOfANode> stories) {
        return stories.stream()
                .flatMap(story -> history(story, "notifications").stream())
                .filter(one -> !Set.of("sent", "skipped").contains(one.getString("state")))
                .toList();
    }

    private List<JsonObject> history(StoryOfANode story, String what) {
        return tocsin.http().get("/api/v1/alerts/" + story.alert() + "/history").json().getJsonArray(what).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private void happenedOnce(StoryOfANode story) {
        List<JsonObject> transitions = history(story, "transitions");
        List<String> kinds =
                transitions.stream().map(one -> one.getString("kind")).toList();
        for (String once : List.of("pending", "fired", "acknowledged", "resolved")) {
            assertThat(kinds).as(story + " " + kinds).containsOnlyOnce(once);
        }
        assertThat(kinds).as(story.toString()).contains("escalated").doesNotContain("raised", "fell", "lapsed");
        List<JsonObject> notifications = history(story, "notifications");
        boolean called = pagerDuty.incidents().containsKey(story.alert());
        for (String receiver : called ? List.of("log", "slack", "pagerduty") : List.of("log", "slack")) {
            assertThat(notifications)
                    .as(receiver + " hears the end of " + story)
                    .anyMatch(one -> one.getString("receiver").equals(receiver)
                            && one.getString("change").equals("resolved")
                            && one.getString("state").equals("sent"));
        }
        if (called) {
            FakePagerDuty.Incident incident = pagerDuty.incidents().get(story.alert());
            assertThat(incident.opened()).as("opened once: " + story).isEqualTo(1);
            assertThat(incident.state()).as("closed: " + story).isEqualTo(FakePagerDuty.State.RESOLVED);
        } else {
            answeredBeforeAnybodyWasCalled(story, notifications);
        }
    }

    /** A kill may outlast the way to PagerDuty; then the answer replaces the call, and says so. */
    private static void answeredBeforeAnybodyWasCalled(StoryOfANode story, List<JsonObject> notifications) {
        assertThat(notifications)
                .as("calls of " + story)
                .filteredOn(one -> one.getString("receiver").equals("pagerduty")
                        && Set.of("fired", "escalated").contains(one.getString("change")))
                .isNotEmpty()
                .allSatisfy(one -> {
                    assertThat(one.getString("state")).isEqualTo("skipped");
                    assertThat(one.getString("state_detail")).startsWith("superseded by revision");
                })
                .anySatisfy(one -> assertThat(one.getString("state_detail")).endsWith("(acknowledged)"));
    }

    private static String event(JsonObject event) {
        return event.getString("dedup_key") + " " + event.getString("event_action") + " "
                + event.getJsonObject("payload", new JsonObject())
                        .getJsonObject("custom_details", new JsonObject())
                        .getString("change")
                + " "
                + event.getJsonObject("payload", new JsonObject())
                        .getJsonObject("custom_details", new JsonObject())
                        .getInteger("escalation_level");
    }

    /** What was said twice was said before a kill and again after it. */
    private static void repeatedOnlyByCrashes(List<String> said, List<Integer> kills) {
        int from = 0;
        List<Integer> ends = new ArrayList<>(kills);
        ends.add(said.size());
        for (int end : ends) {
            List<String> inOneLife = said.subList(from, end);
            assertThat(new HashSet<>(inOneLife)).as("said between two kills").hasSameSizeAs(inOneLife);
            from = end;
        }
        int repeated = said.size() - new HashSet<>(said).size();
        System.out.println(
                "CrashIT " + said.size() + " said, " + repeated + " of them again after " + kills.size() + " kills");
        assertThat(repeated).isLessThanOrEqualTo(4 * kills.size());
    }
}
