package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.fake.Fault;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
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
    private static final int KILLS = Integer.getInteger("tocsin.kills", 8);
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
                .untilAsserted(() -> assertThat(aftermath().waiting(stories)).isEmpty());
        assertThat(stories)
                .allSatisfy(
                        story -> assertThat(story.broken()).as(story.toString()).isEmpty());
        assertThat(tocsin.http().alerts("")).as("one life each").hasSize(NODES);
        stories.forEach(aftermath()::happenedOnce);
        repeatedOnlyByCrashes(pagerDuty.events().stream().map(Aftermath::event).toList(), eventsAtKill);
        repeatedOnlyByCrashes(
                slack.messages().stream().map(one -> one.getString("text")).toList(), messagesAtKill);
        assertThat(pagerDuty.violations()).isEmpty();
        assertThat(slack.violations()).isEmpty();
    }

    private Aftermath aftermath() {
        return new Aftermath(tocsin.http(), pagerDuty);
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
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
