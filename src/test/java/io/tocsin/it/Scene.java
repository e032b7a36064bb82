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
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three members on one database, with somebody who listens: what a test is about happens to them. */
final class Scene implements AutoCloseable {
    /** What stories need. */
    static final String MEMORY = "threshold/memory";

    /** The same: a ladder that is climbed within seconds. */
    static final String LADDER = "escalation/ladder_critical";

    private static final int STEPS_AT_ONCE = 4;

    final Vertx vertx = Vertx.vertx();
    final FakeSlack slack = FakeSlack.start(vertx);
    final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    final PostgresSettings database;
    final Trio trio;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(STEPS_AT_ONCE);

    /** Not started yet; under rules that tell of components, and others. */
    Scene(Path folder, PostgresSettings database, String... others) {
        this.database = database;
        String[] always = {"threshold/component", "routing/log", "routing/slack", "routing/pagerduty"};
        String[] rules = Stream.of(always, others).flatMap(Stream::of).toArray(String[]::new);
        Path policy = Policy.only(folder.resolve("rules"), rules).hasty().folder();
        trio = new Trio(folder, policy, store(), slack.url(), pagerDuty.url());
    }

    /** Where the database is, as config writes it. */
    String store() {
        return "postgresql://" + PostgresServer.USER + ":any@127.0.0.1:" + database.port() + "/" + database.database();
    }

    /** Nodes that fall ill one after the other, until somebody answers; told to whoever is there. */
    List<StoryOfANode> stories(int nodes, Duration every) {
        List<StoryOfANode> stories = IntStream.range(0, nodes)
                .mapToObj(i -> new StoryOfANode(trio::door, "n" + i, every.multipliedBy(i)))
                .toList();
        stories.forEach(story -> clock.scheduleWithFixedDelay(story::step, 0, 100, TimeUnit.MILLISECONDS));
        return stories;
    }

    /** Does something again and again until the end. */
    void often(Runnable what) {
        clock.scheduleWithFixedDelay(what, 0, 1, TimeUnit.SECONDS);
    }

    /** Waits until all stories are over, and looks whether each was told as it should be, at most so many times too often. */
    void endWell(List<StoryOfANode> stories, int repeated) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(stories).allMatch(StoryOfANode::over));
        Aftermath aftermath = new Aftermath(trio.door(), pagerDuty);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(aftermath.waiting(stories)).isEmpty());
        assertThat(stories)
                .allSatisfy(
                        story -> assertThat(story.broken()).as(story.toString()).isEmpty());
        stories.forEach(aftermath::happenedOnce);
        for (StoryOfANode story : stories) {
            assertThat(trio.door().alerts("&cluster=default&node=" + story.node()))
                    .as("one life of " + story)
                    .hasSize(1);
        }
        incidentsOpenedOnce();
        assertThat(repeatedToSlack()).as("again to Slack").isLessThanOrEqualTo(repeated);
        assertThat(pagerDuty.violations()).isEmpty();
    }

    /** Nobody was called twice for one thing, whatever it was. */
    void incidentsOpenedOnce() {
        assertThat(pagerDuty.incidents())
                .allSatisfy((key, one) -> assertThat(one.opened()).as(key).isEqualTo(1));
    }

    /** How many lines Slack shows more than once. */
    int repeatedToSlack() {
        List<String> said =
                slack.messages().stream().map(one -> one.getString("text")).toList();
        return said.size() - new HashSet<>(said).size();
    }

    /** Whether somebody was called for a node. */
    boolean called(String node) {
        return incident(node) != null;
    }

    /** What PagerDuty knows of a node's only incident; null if nothing. */
    FakePagerDuty.Incident incident(String node) {
        List<FakePagerDuty.Incident> all = pagerDuty.incidents().values().stream()
                .filter(one -> one.payload().getString("source").equals(node))
                .toList();
        assertThat(all).as("incidents of " + node).hasSizeLessThan(2);
        return all.isEmpty() ? null : all.get(0);
    }

    /** Tells that a node is ill or well, as its source does, until somebody takes it. */
    void says(String node, String status) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> trio.door()
                                .post("/api/v1/telemetry", Given.component(node, "store", status))
                                .status()
                        == 202);
    }

    /** Says that a node is well until its alert is over, here and at PagerDuty. */
    void heals(String node) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    says(node, "healthy");
                    return state(node).equals("resolved");
                });
        await().atMost(Duration.ofSeconds(30)).until(() -> incident(node).state() == FakePagerDuty.State.RESOLVED);
        assertThat(incident(node).opened()).as(node).isEqualTo(1);
    }

    /** The state of a node's only alert. */
    String state(String node) {
        List<JsonObject> alerts = trio.door().alerts("&cluster=default&node=" + node);
        assertThat(alerts).as("alerts of " + node).hasSizeLessThan(2);
        return alerts.isEmpty() ? "" : alerts.get(0).getString("state");
    }

    /** A figure of a member's; 0 if it does not say. */
    static double metric(ProcessAppliance member, String name) {
        return member.http()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    /** The member that tells a receiver. */
    ProcessAppliance senderOf(String receiver) {
        String sends = "tocsin_receiver_sends{receiver=\"" + receiver + "\"}";
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> trio.members().stream()
                                .filter(one -> one.alive() && !one.frozen() && metric(one, sends) == 1)
                                .toList(),
                        all -> all.size() == 1)
                .get(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        trio.close();
        vertx.close().await();
    }
}
