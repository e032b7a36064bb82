package io.tocsin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tocsin demo} against a running appliance whose rules hold for a second only. */
class DemoIT {
    @TempDir
    Path folder;

    private ProcessAppliance tocsin;

    @BeforeEach
    void start() {
        tocsin = new ProcessAppliance(
                        folder, Policy.shipped(folder.resolve("rules")).hasty().folder())
                .start();
        tocsin.http().telemetry(Given.memory("n1", 40).put("cluster", "main"));
    }

    @AfterEach
    void stop() {
        tocsin.close();
    }

    @Test
    void storyIsToldAndAllOfItResolves() {
        List<JsonObject> before = cluster("main");
        Jar.Result demo = Jar.run("demo", "--minutes", "0.3", "--url", tocsin.url());
        assertThat(demo.code()).as(demo.all()).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("09:00  ★ All is well", "10:00  ★ All five nodes are well again.", "by dana");
        List<String> told =
                demo.out().lines().filter(line -> line.startsWith("09:")).toList();
        assertThat(told).isSorted().hasSizeGreaterThan(8);

        List<JsonObject> alerts = tocsin.http().alerts("&cluster=demo");
        assertThat(alerts).extracting(one -> one.getString("state")).containsOnly("resolved");
        assertThat(types(alerts))
                .contains(
                        "node_failure", "component_unhealthy", "memory_usage", "metric_alert", "health_check_timeout");
        assertThat(alerts)
                .filteredOn(one -> "dana".equals(one.getString("acknowledged_by")))
                .extracting(one -> one.getString("alert_type") + " " + one.getString("node"))
                .containsExactly("node_failure store-3");
        assertThat(demo.out()).contains(alerts.size() + " alerts fired, all are resolved.");

        assertThat(cluster("main")).isEqualTo(before);
        assertThat(tocsin.http().alerts("&cluster=main")).isEmpty();
    }

    @Test
    void stoppedInTheMiddleItSaysHowToEndItAndThatDoes() throws Exception {
        Process demo = launch("--cluster", "show", "--minutes", "0.5");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> tocsin.http().alerts("&cluster=show&state=firing").size() > 2);
        demo.destroy();
        assertThat(demo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String hint = "./tocsin demo --end --cluster show --url " + tocsin.url();
        assertThat(said()).contains("stopped in the middle").contains(hint);
        assertThat(tocsin.http().alerts("&cluster=show&state=firing")).isNotEmpty();

        List<String> words = new ArrayList<>(List.of(hint.split(" ")));
        words.remove(0);
        Jar.Result end = Jar.run(words.toArray(String[]::new));
        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("alerts are resolved in cluster show");
        assertThat(tocsin.http().alerts("&cluster=show&state=pending,firing,acknowledged"))
                .isEmpty();
    }

    @Test
    void clusterOfSomebodyElseIsLeftAlone() {
        Jar.Result result = Jar.run("demo", "--cluster", "main", "--url", tocsin.url());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("--cluster main: has nodes that are not the demo's, such as n1");
        assertThat(Jar.run("demo", "--end", "--cluster", "main", "--url", tocsin.url())
                        .code())
                .isEqualTo(2);
        assertThat(cluster("main").get(0).getInteger("total_nodes")).isEqualTo(1);
    }

    private Process launch(String... words) {
        List<String> all = new ArrayList<>(List.of("demo", "--url", tocsin.url()));
        all.addAll(List.of(words));
        try {
            return new ProcessBuilder(Jar.command(all.toArray(String[]::new)))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("demo.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("demo.log"));
    }

    private List<JsonObject> cluster(String name) {
        return tocsin.http().get("/api/v1/clusters").array().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("cluster").equals(name))
                .toList();
    }

    private static Set<String> types(List<JsonObject> alerts) {
        return alerts.stream().map(one -> one.getString("alert_type")).collect(Collectors.toSet());
    }
}
