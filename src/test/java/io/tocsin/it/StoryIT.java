package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main story: from a reading to the person who is told, who answers, and to the end. */
class StoryIT {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private Policy policy;
    private ProcessAppliance tocsin;

    @BeforeEach
    void start() {
        policy = Policy.shipped(folder.resolve("rules")).hasty();
        tocsin = new ProcessAppliance(folder, policy.folder())
                .receivers(slack.url(), pagerDuty.url())
                .start();
    }

    @AfterEach
    void stop() {
        tocsin.close();
        vertx.close().await();
    }

    @Test
    void fromAReadingToThePersonWhoIsTold() {
        tocsin.http()
                .telemetry(Given.memory("n1", 97).put("timestamp", Instant.now().toString()));
        JsonObject alert = await().until(
                        () -> tocsin.http().alerts("&state=firing&node=n1").stream()
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
        String id = alert.getString("id");
        assertThat(alert.getString("alert_type")).isEqualTo("memory_usage");
        assertThat(alert.getString("severity")).isEqualTo("critical");
        assertThat(alert.getDouble("value")).isEqualTo(97);
        assertThat(alert.getDouble("limit")).isEqualTo(95);

        await().untilAsserted(() -> assertThat(tocsin.said().lines())
                .anySatisfy(line -> assertThat(line).contains("🚨", "CRITICAL", "memory_usage", "n1", "97")));
        await().untilAsserted(() -> assertThat(pagerDuty.incidents()).containsKey(id));
        assertThat(pagerDuty.events().get(0).getString("event_action")).isEqualTo("trigger");
        assertThat(pagerDuty.events().get(0).getJsonObject("payload").getString("severity"))
                .isEqualTo("critical");
        await().untilAsserted(() -> assertThat(slack.messages()).isNotEmpty());
        assertThat(slack.messages().get(0).encode()).contains("memory at 97 %", "n1", "critical");

        await().untilAsserted(() -> assertThat(tocsin.http().alert(id).getInteger("escalation_level"))
                .isEqualTo(1));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(slack.messages())
                        .anySatisfy(message -> assertThat(message.encode()).contains("oncall")));
        await().untilAsserted(() -> assertThat(tocsin.said()).contains("⏫"));

        Jar.Result ack = Jar.run("ack", id, "-m", "on it", "--by", "ann", "--url", tocsin.url());
        assertThat(ack).returns(0, Jar.Result::code);
        JsonObject acknowledged = tocsin.http().alert(id);
        assertThat(acknowledged.getString("state")).isEqualTo("acknowledged");
        assertThat(acknowledged.getString("acknowledged_by")).isEqualTo("ann");
        assertThat(acknowledged.getString("ack_message")).isEqualTo("on it");
        assertThat(acknowledged.getValue("next_escalation_at"))
                .as("the ladder stops")
                .isNull();
        int level = acknowledged.getInteger("escalation_level");
        await().untilAsserted(
                        () -> assertThat(pagerDuty.incidents().get(id).state()).isEqualTo(FakePagerDuty.State.ACKED));

        tocsin.http().telemetry(Given.memory("n1", 50));
        await().untilAsserted(() ->
                assertThat(tocsin.http().alert(id).getString("state")).isEqualTo("resolved"));
        assertThat(tocsin.http().alert(id).getInteger("escalation_level")).isEqualTo(level);
        await().untilAsserted(() ->
                assertThat(pagerDuty.incidents().get(id).state()).isEqualTo(FakePagerDuty.State.RESOLVED));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(slack.messages())
                        .anySatisfy(message -> assertThat(message.encode()).containsIgnoringCase("resolved")));
        await().untilAsserted(() -> assertThat(tocsin.said().lines())
                .anySatisfy(line -> assertThat(line).contains("✅", "memory_usage", "n1")));
        assertThat(pagerDuty.incidents()).hasSize(1);
        assertThat(pagerDuty.incidents().get(id).opened()).isEqualTo(1);
        assertThat(List.of(pagerDuty.violations(), slack.violations())).allMatch(List::isEmpty);

        explains(id);
    }

    private void explains(String id) {
        Jar.Result why = Jar.run("why", id, "--url", tocsin.url());
        assertThat(why.code()).isZero();
        int line = policy.line("threshold/memory.drl", "rule \"memory is at 95 percent or more\"");
        assertThat(why.out())
                .contains("memory is at 95 percent or more", "threshold/memory.drl:" + line)
                .containsPattern("usage_percent +97")
                .contains("usagePercent >= 95")
                .contains("pagerduty", "slack", "log", "sent");
        Jar.Result nobody = Jar.run("why", "ffffffffffff-1", "--url", tocsin.url());
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("there is no alert ffffffffffff-1");
    }
}
