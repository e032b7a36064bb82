package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.Fault;
import io.tocsin.store.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the member that tells people: while it sends, and between the commit and the send. */
class KillIT {
    /** So many PagerDuty is told of at once. */
    private static final int AT_ONCE = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Scene scene;

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whatWasUnderWayIsSaidAgainUnderTheSameKeyAndWhatWaitedOnce() {
        scene = new Scene(folder, PostgresServer.emptyDatabase());
        scene.trio.start();
        List<String> underWay =
                IntStream.range(0, AT_ONCE).mapToObj(i -> "sent" + i).toList();

        IntStream.range(0, AT_ONCE).forEach(i -> scene.pagerDuty.play(Fault.slowBody()));
        ProcessAppliance sender = scene.senderOf("pagerduty");
        underWay.forEach(node -> scene.says(node, "unhealthy"));
        await().atMost(Duration.ofSeconds(20)).until(() -> underWay.stream().allMatch(scene::called));
        scene.says("committed", "unhealthy");
        assertThat(states("committed", "pagerduty")).containsExactly("pending");
        assertThat(scene.called("committed")).isFalse();
        sender.kill();

        await().atMost(Duration.ofSeconds(20)).until(() -> scene.called("committed"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(underWay)
                        .allSatisfy(node ->
                                assertThat(scene.incident(node).triggers()).isEqualTo(2)));
        sender.start();
        theSameAtSlack();

        underWay.forEach(scene::heals);
        scene.heals("committed");
        scene.incidentsOpenedOnce();
        assertThat(scene.pagerDuty.incidents().values())
                .allMatch(one -> !one.payload().getString("source").matches("n.*")
                        || one.state() == FakePagerDuty.State.RESOLVED);
        assertThat(scene.incident("committed").triggers()).isEqualTo(1);
        assertThat(scene.pagerDuty.violations()).isEmpty();
        assertThat(scene.slack.violations()).isEmpty();
    }

    private void theSameAtSlack() {
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting("slack") == 0);
        assertThat(scene.repeatedToSlack())
                .as("nobody who tells Slack was killed yet, or it told nobody then")
                .isLessThanOrEqualTo(1);
        await().atMost(Duration.ofSeconds(30)).until(this::slackHasHeardOfTheMember);
        int before = scene.repeatedToSlack();
        ProcessAppliance sender = scene.senderOf("slack");
        scene.slack.play(Fault.slowBody());
        scene.says("line", "unhealthy");
        await().atMost(Duration.ofSeconds(20)).until(() -> lines("line") == 1);
        scene.says("next", "unhealthy");
        assertThat(states("next", "slack")).containsExactly("pending");
        sender.kill();

        await().atMost(Duration.ofSeconds(20)).until(() -> lines("line") == 2 && lines("next") == 1);
        sender.start();
        scene.heals("line");
        scene.heals("next");
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting("slack") == 0);
        assertThat(scene.repeatedToSlack() - before)
                .as("what was under way, no more")
                .isEqualTo(1);
        System.out.println("KillIT Slack heard " + scene.slack.messages().size() + ", " + scene.repeatedToSlack()
                + " of them again, after 2 kills");
    }

    /** Lines of Slack that say that a node has fallen ill. */
    private long lines(String node) {
        return scene.slack.messages().stream()
                .filter(one -> one.getString("text").contains(node + "/store")
                        && !one.getString("text")
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("resolved"))
                .count();
    }

    /** The fault must meet the line that it is played for. */
    private boolean slackHasHeardOfTheMember() {
        List<JsonObject> alerts = scene.trio.door().alerts("&cluster=tocsin");
        return !alerts.isEmpty()
                && alerts.stream()
                        .allMatch(alert -> alert.getString("state").equals("resolved")
                                && told(alert.getString("id"), "slack").stream().noneMatch("pending"::equals));
    }

    private long waiting(String receiver) {
        return scene.trio.members().stream()
                .mapToLong(
                        one -> (long) Scene.metric(one, "tocsin_notification_backlog{receiver=\"" + receiver + "\"}"))
                .sum();
    }

    private List<String> states(String node, String receiver) {
        return told(
                scene.trio.door().alerts("&cluster=default&node=" + node).get(0).getString("id"), receiver);
    }

    private List<String> told(String id, String receiver) {
        return scene.trio.door().get("/api/v1/alerts/" + id + "/history").json().getJsonArray("notifications").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("receiver").equals(receiver))
                .map(one -> one.getString("state"))
                .toList();
    }
}
