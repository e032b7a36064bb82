package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while the store is away: what went out unrecorded is lost, and nothing else. */
class OutageIT {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeSlack slack = FakeSlack.start(vertx);
    private final FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
    private ProcessAppliance tocsin;

    @AfterEach
    void stop() {
        tocsin.close();
        vertx.close().await();
    }

    private JsonObject firing(String node) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> tocsin.http().alerts("&state=firing&node=" + node).stream()
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    @Test
    void killWhileTheStoreIsAwayLosesWhatWasNotWrittenAndNothingElse() throws Exception {
        Policy policy = Policy.only(
                folder.resolve("rules"), "threshold/component", "routing/log", "routing/slack", "routing/pagerduty");
        tocsin = new ProcessAppliance(folder, policy.folder())
                .receivers(slack.url(), pagerDuty.url())
                .set("store.degraded_after=1s")
                .start();
        tocsin.http().telemetry(Given.component("n0", "disk", "unhealthy"));
        String kept = firing("n0").getString("id");
        await().until(() -> pagerDuty.incidents().containsKey(kept));

        String lost;
        try (StoreLock lock = StoreLock.on(tocsin.data().resolve("tocsin.db"))) {
            tocsin.http().telemetry(Given.component("n1", "disk", "unhealthy"));
            lost = firing("n1").getString("id");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> pagerDuty.incidents().containsKey(lost));
            tocsin.kill();
            lock.release();
        }
        assertThat(tocsin.said())
                .containsOnlyOnce("alerts go out unrecorded")
                .contains("degraded: the store is away")
                .doesNotContain("\tat ");

        tocsin.start();
        assertThat(firing("n0").getString("id")).isEqualTo(kept);
        assertThat(tocsin.http().get("/api/v1/alerts/" + lost).status()).isEqualTo(404);
        tocsin.http().telemetry(Given.component("n1", "disk", "unhealthy"));
        assertThat(firing("n1").getString("id"))
                .as("the same life under the same key")
                .isEqualTo(lost);
        await().until(() -> pagerDuty.incidents().get(lost).triggers() == 2);
        assertThat(pagerDuty.incidents().get(lost).opened()).isEqualTo(1);
        assertThat(pagerDuty.incidents().get(kept).triggers()).isEqualTo(1);
    }
}
