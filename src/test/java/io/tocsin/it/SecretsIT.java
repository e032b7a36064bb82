package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.FakeSlack;
import io.tocsin.fake.Fault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver's secret appears nowhere, whatever its server answers. */
class SecretsIT {
    private static final String MARK = "SECRETMARK";

    @TempDir
    Path folder;

    @Test
    void secretIsNeitherLoggedNorServedNorStored() throws IOException {
        Vertx vertx = Vertx.vertx();
        FakeSlack slack = FakeSlack.start(vertx);
        FakePagerDuty pagerDuty = FakePagerDuty.start(vertx);
        Fault echo = Fault.answer(400, "cannot take {request}");
        Policy policy = Policy.only(
                folder.resolve("rules"), "threshold/component", "routing/slack", "routing/pagerduty", "routing/log");
        try (var tocsin = new ProcessAppliance(folder, policy.folder())) {
            tocsin.config(String.join(
                            "\n",
                            "receivers:",
                            "  slack: {url: \"" + slack.url("X" + MARK) + "\"}",
                            "  pagerduty: {url: \"" + pagerDuty.url() + "\", routing_key: \"" + MARK.repeat(3)
                                    + "12\"}",
                            ""))
                    .start();
            slack.play(Fault.reset(), echo, echo, echo);
            pagerDuty.play(Fault.reset(), echo);
            tocsin.http().telemetry(Given.component("n1", "c", "unhealthy"));
            String id = tocsin.http().alerts("&node=n1").get(0).getString("id");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(tocsin.http()
                                    .get("/api/v1/alerts/" + id + "/history")
                                    .body())
                            .contains("cannot take", "HTTP 400", "retry"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(slack.requests()).isGreaterThanOrEqualTo(3));

            slack.stop();
            pagerDuty.stop();
            tocsin.http().telemetry(Given.component("n2", "c", "unhealthy"));
            String second = tocsin.http().alerts("&node=n2").get(0).getString("id");
            await().untilAsserted(() -> assertThat(tocsin.http()
                            .get("/api/v1/alerts/" + second + "/history")
                            .body())
                    .contains("refused"));

            for (String path : List.of(
                    "/metrics",
                    "/api/v1/alerts",
                    "/api/v1/alerts/" + id + "/why",
                    "/api/v1/alerts/" + second + "/why",
                    "/api/v1/clusters/default/readings",
                    "/api/v1/stats",
                    "/api/v1/rules",
                    "/-/ready")) {
                assertThat(tocsin.http().get(path).body()).as(path).doesNotContain(MARK);
            }
            Jar.Result why = Jar.run("why", id, "--url", tocsin.url());
            assertThat(why.code()).isZero();
            assertThat(why.all()).doesNotContain(MARK);
            Jar.Result shown = Jar.run(
                    "check",
                    "--show",
                    "--config",
                    folder.resolve("tocsin.yaml").toString(),
                    policy.folder().toString());
            assertThat(shown.all()).contains("***").doesNotContain(MARK);
            assertThat(tocsin.terminate()).isZero();
            assertThat(tocsin.said()).contains("slack", "pagerduty").doesNotContain(MARK);
            assertThat(holding(tocsin.data())).isEmpty();
        } finally {
            vertx.close().await();
        }
    }

    private static List<Path> holding(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            return all.stream().filter(SecretsIT::holds).toList();
        }
    }

    private static boolean holds(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
